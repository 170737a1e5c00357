import type { KubeObject } from '../object';
import { isMap } from '../object';
import { maskDockerConfig } from './docker-config';
import { keepIdentity } from './metadata';
import type { TlsCertificate } from './tls-certificate';
import { readTlsCertificate } from './tls-certificate';

/** What stands for any value of a Secret that is not empty: base64 of `redacted`. */
export const MASKED_VALUE = Buffer.from('redacted').toString('base64');

/** Field of a kept Secret that holds what its certificate says; Kubernetes has none of that name. */
const CERTIFICATE = 'tlsCertificate';

const DOCKER_CONFIGS: { readonly [key: string]: { readonly bare: boolean } } = {
  '.dockerconfigjson': { bare: false },
  '.dockercfg': { bare: true },
};

/**
 * A Secret without its values: type, keys and which of them are empty. Docker configs keep their form with masked
 * credentials ({@link maskDockerConfig}), certificates what is public in them ({@link tlsCertificateOf}).
 */
export function keepSecret(object: KubeObject): KubeObject {
  const { type, data, immutable } = object;
  const certificate = isMap(data) ? certificateIn(data) : undefined;
  return {
    ...keepIdentity(object, 'tools'),
    ...(typeof type === 'string' && { type }),
    ...(immutable === true && { immutable }),
    ...(isMap(data) && { data: maskedData(data) }),
    ...(certificate && { [CERTIFICATE]: certificate }),
  };
}

/** What the certificate of a kept Secret says; undefined where it has none, or one that cannot be read. */
export function tlsCertificateOf(secret: KubeObject): TlsCertificate | undefined {
  return secret[CERTIFICATE] as TlsCertificate | undefined;
}

function maskedData(data: { readonly [key: string]: unknown }): unknown {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, maskedValue(key, value)]),
  );
}

function maskedValue(key: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') {
    return '';
  }
  const config = Object.hasOwn(DOCKER_CONFIGS, key) ? DOCKER_CONFIGS[key] : undefined;
  return config === undefined
    ? MASKED_VALUE
    : Buffer.from(maskDockerConfig(decoded(value), config.bare)).toString('base64');
}

function certificateIn(data: { readonly [key: string]: unknown }): TlsCertificate | undefined {
  const pem = data['tls.crt'];
  return typeof pem === 'string' ? readTlsCertificate(decoded(pem)) : undefined;
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
