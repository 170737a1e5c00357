import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Recorder } from '../../client/http/recording';
import { escapeControls } from '../../declaration/problem';
import type { DoctorOptions } from '../../doctor';
import type { Io } from '../io';
import { packageVersion } from '../package-version';
import { openTransport } from '../server/open-transport';
import type { DoctorCommandOptions } from './options';

/**
 * How probes send, as the options want it; each request is a line of stderr with `--debug`.
 *
 * @throws CommandError (exit 2) for certificates that cannot be read
 */
export async function probing(
  options: DoctorCommandOptions,
  io: Io,
  signal: AbortSignal,
  record: Recorder,
): Promise<DoctorOptions> {
  const { connectTo, caFile, insecure, requestTimeout, allowRealm, debug } = options;
  // Judges the certificates and warns of --insecure as for every command; probes have stacks of their own.
  (await openTransport(options, io)).close();
  return {
    dial: {
      ...(connectTo && { connectTo }),
      ...(insecure && { insecure }),
      ...(caFile !== undefined && { ca: await readFile(resolve(io.cwd, caFile), 'utf8') }),
    },
    ...(allowRealm && { allowedRealms: allowRealm }),
    ...(requestTimeout !== undefined && { requestTimeoutMs: requestTimeout }),
    signal,
    record: (exchange) => {
      record(exchange);
      if (debug) {
        const { method, url, status, error, elapsedMs } = exchange;
        io.err(`debug: ${method} ${url}: ${status ?? error} in ${Math.round(elapsedMs)} ms\n`);
      }
    },
    ...(io.errIsTerminal && { progress: (said) => io.err(`${escapeControls(said)}\n`) }),
    userAgent: `gitea-registry/${packageVersion()}`,
  };
}
