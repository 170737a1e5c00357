import type { FakeHeader, FakeRequest } from './exchange';
import type { Forge } from './forge';
import { rootUrlOf, subPathOf } from './forge';

/** Where clients are sent for a registry token (section 2.2 of the reference). */
export function realmOf(forge: Forge, request: FakeRequest): string {
  return `${realmBase(forge, request)}/v2/token`;
}

/** The challenge of a 401; `needsBasic` where an anonymous token would not help. */
export function challenges(
  forge: Forge,
  request: FakeRequest,
  needsBasic: boolean,
): readonly FakeHeader[] {
  const realm = realmOf(forge, request);
  const bearer: FakeHeader = [
    'Www-Authenticate',
    `Bearer realm="${realm}",service="container_registry",scope="*"`,
  ];
  // Written after the reference: no release from 1.26.0 on was recorded.
  const basic: FakeHeader = ['Www-Authenticate', 'Basic realm="Gitea Container Registry"'];
  const { basicChallenge } = forge.behavior;
  const offersBasic =
    basicChallenge === 'always' || (basicChallenge === 'where-needed' && needsBasic);
  return offersBasic ? [bearer, basic] : [bearer];
}

function realmBase(forge: Forge, request: FakeRequest): string {
  const withPath = rootUrlOf(forge).replace(/\/+$/, '');
  const withoutPath = withPath.slice(0, withPath.length - subPathOf(forge).length);
  const rule = forge.behavior.realm;
  if (rule === 'root-url') return withPath;
  const keepsPath = rule === 'forwarded-host-and-path';
  const scheme = forwardedScheme(request);
  if (scheme !== undefined) {
    return `${scheme}://${hostFor(rule, request)}${keepsPath ? subPathOf(forge) : ''}`;
  }
  if (rule === 'detection' && detectionOf(forge) === 'auto' && request.host !== '') {
    return `${request.overTls ? 'https' : 'http'}://${request.host}`;
  }
  return keepsPath ? withPath : withoutPath;
}

function detectionOf(forge: Forge): 'legacy' | 'auto' | 'never' {
  return forge.settings.publicUrlDetection ?? forge.behavior.detection;
}

function hostFor(rule: string, request: FakeRequest): string {
  const forwarded = request.headers['x-forwarded-host'];
  return rule.startsWith('forwarded-host') && typeof forwarded === 'string'
    ? forwarded
    : request.host;
}

function forwardedScheme(request: FakeRequest): string | undefined {
  const value = (name: string): string | undefined => {
    const text = request.headers[name];
    return typeof text === 'string' && text !== '' ? text : undefined;
  };
  const isOn = (name: string): string | undefined => (value(name) === 'on' ? 'https' : undefined);
  return (
    value('x-forwarded-proto') ??
    value('x-forwarded-protocol') ??
    value('x-url-scheme') ??
    isOn('front-end-https') ??
    isOn('x-forwarded-ssl')
  );
}
