import type { KeyObject } from 'node:crypto';
import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { signedCertificate } from '../../../src/testing/x509';

/** A key pair of a sealed-secrets controller. */
export interface ControllerKey {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** A new one. */
export function controllerKey(modulusLength = 2048): ControllerKey {
  return generateKeyPairSync('rsa', { modulusLength });
}

const DAY = 24 * 60 * 60 * 1000;

/** The PEM certificate of a key, valid for a day behind and a day ahead of its middle. */
export function certificateOf(publicKey: KeyObject, middle = Date.now()): string {
  const signer = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
  const subject = 'sealed-secrets';
  const period = { notBefore: new Date(middle - DAY), notAfter: new Date(middle + DAY) };
  return signedCertificate(
    { subject, issuer: subject, ...period, publicKey, extensions: [] },
    signer,
  );
}

/** What the controller does with one value; throws where it would refuse it. */
export function unseal(sealed: string, key: KeyObject, label: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const start = 2 + bytes.readUInt16BE(0);
  const sessionKey = privateDecrypt(
    {
      key,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(label),
    },
    bytes.subarray(2, start),
  );
  const decipher = createDecipheriv('aes-256-gcm', sessionKey, Buffer.alloc(12));
  decipher.setAuthTag(bytes.subarray(-16));
  const parts = [decipher.update(bytes.subarray(start, -16)), decipher.final()];
  return Buffer.concat(parts).toString('utf8');
}
