import type { KeyObject } from 'node:crypto';
import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';

/** Where a sealed secret can be used: under its own name, under any of its namespace, anywhere. */
export type SealingScope = 'strict' | 'namespace-wide' | 'cluster-wide';

/** The session key is new each time, so the nonce need not be (sealed-secrets `pkg/crypto/crypto.go`). */
const NONCE = Buffer.alloc(12);

/**
 * What the sealed-secrets controller binds a value to: it opens it under this label only.
 *
 * @param namespace of the Secret; not looked at with `cluster-wide`
 * @param name of the Secret; looked at with `strict` only
 */
export function sealingLabel(scope: SealingScope, namespace: string, name: string): string {
  return { strict: `${namespace}/${name}`, 'namespace-wide': namespace, 'cluster-wide': '' }[scope];
}

/**
 * Encrypts one value of a SealedSecret: the length of the wrapped key (two bytes, big-endian), the key wrapped with
 * RSA-OAEP (SHA-256) under the label, and the value in AES-256-GCM with its tag behind it.
 *
 * @param key RSA public key of the controller
 * @returns base64; another text for each call
 */
export function seal(value: string, key: KeyObject, label: string): string {
  const sessionKey = randomBytes(32);
  const wrapped = publicEncrypt(
    {
      key,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(label),
    },
    sessionKey,
  );
  const length = Buffer.alloc(2);
  length.writeUInt16BE(wrapped.length);
  const cipher = createCipheriv('aes-256-gcm', sessionKey, NONCE);
  const sealed = [cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([length, wrapped, ...sealed]).toString('base64');
}
