import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Exchange } from '../../client/http/recording';
import { Transport } from '../../client/http/transport';
import { quote } from '../../declaration/problem';
import { CommandError, EXIT } from '../exit';
import type { Io } from '../io';
import type { ServerOptions } from '../options/server';
import { packageVersion } from '../package-version';

/**
 * The HTTP stack as the options want it; each attempt is a line of stderr with `--debug`.
 *
 * @throws CommandError (exit 2) for certificates that cannot be read
 */
export async function openTransport(options: ServerOptions, io: Io): Promise<Transport> {
  const { connectTo, caFile, insecure, requestTimeout, debug } = options;
  if (insecure) {
    io.err('warning: --insecure takes any certificate: whoever is on the way can read the token\n');
  }
  return new Transport({
    connectTo,
    insecure,
    ca: caFile === undefined ? undefined : await readCertificates(caFile, io),
    idleMs: requestTimeout,
    userAgent: `gitea-registry/${packageVersion()}`,
    record: debug ? (exchange) => io.err(`${exchangeLine(exchange)}\n`) : undefined,
  });
}

async function readCertificates(file: string, io: Io): Promise<string> {
  const text = await readFile(resolve(io.cwd, file), 'utf8').catch((cause) => {
    const { code } = cause as NodeJS.ErrnoException;
    throw new CommandError(`--ca-file ${quote(file)} cannot be read: ${code}`, EXIT.USAGE, {
      cause,
    });
  });
  try {
    new X509Certificate(text);
  } catch (cause) {
    // Node ignores what is no PEM, and the run would fail later with an untrusted issuer.
    throw new CommandError(
      `--ca-file ${quote(file)} holds no certificate in PEM form`,
      EXIT.USAGE,
      { cause },
    );
  }
  return text;
}

/** One attempt on one line; a recording holds no secret. */
function exchangeLine({ method, url, attempt, status, error, elapsedMs }: Exchange): string {
  const again = attempt > 1 ? ` (attempt ${attempt})` : '';
  return `debug: ${method} ${url}${again}: ${status ?? error} in ${Math.round(elapsedMs)} ms`;
}
