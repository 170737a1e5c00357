import type { KeyObject } from 'node:crypto';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { quote } from '../../declaration/problem';
import { CommandError } from '../exit';
import type { Io } from '../io';

/** Fewer bits are no protection for what stays in Git (NIST SP 800-57). */
const LEAST_BITS = 2048;

const FETCH = "get it with 'kubeseal --fetch-cert > cert.pem'";

/**
 * Reads the public key of the sealed-secrets controller from its certificate.
 *
 * @param file PEM, from the working folder; of several certificates the first counts, as for kubeseal
 * @throws CommandError (exit 2) for what is no certificate, is past its time, or has no RSA key; a private key is not shown
 */
export async function sealingKey(file: string, io: Io): Promise<KeyObject> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new CommandError(`--seal ${quote(file)} ${why}`, undefined, { cause });
  };
  const text = await readFile(resolve(io.cwd, file), 'utf8').catch((cause: NodeJS.ErrnoException) =>
    refuse(`cannot be read: ${cause.code}`, cause),
  );
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    return refuse(
      `holds a private key, which opens what is sealed; the certificate alone is needed: ${FETCH}`,
    );
  }
  const certificate = certificateIn(text);
  if (!certificate) {
    return refuse(`holds no certificate in PEM form: ${FETCH}`);
  }
  const { validFrom, validTo, publicKey } = certificate;
  if (new Date(validTo).getTime() < Date.now()) {
    return refuse(
      `was valid from ${day(validFrom)} to ${day(validTo)}, and the controller has a newer one: ${FETCH}`,
    );
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = publicKey;
  if (type !== 'rsa') {
    return refuse(`has a key of type ${quote(type)}, and the controller opens RSA only: ${FETCH}`);
  }
  const bits = details?.modulusLength ?? 0;
  return bits < LEAST_BITS
    ? refuse(`has an RSA key of ${bits} bits, and at least ${LEAST_BITS} are needed: ${FETCH}`)
    : publicKey;
}

function certificateIn(text: string): X509Certificate | undefined {
  const [pem] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text) ?? [];
  try {
    return pem === undefined ? undefined : new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function day(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}
