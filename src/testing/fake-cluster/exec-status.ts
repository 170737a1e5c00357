import type { ExecAnswer } from './fake-exec';
import type { Status } from './status';

/** What the error channel of exec says at the end: success, an exit code, or that there is no such binary. */
export function execStatus(command: readonly string[], answer: ExecAnswer | undefined): Status {
  const base = { kind: 'Status', apiVersion: 'v1', metadata: {} } as const;
  if (answer === undefined) {
    const message =
      'error executing command in container: failed to exec in container: failed to start exec ' +
      '"4f0c2d5e": OCI runtime exec failed: exec failed: unable to start container process: exec: ' +
      `"${command[0]}": executable file not found in $PATH: unknown`;
    return {
      ...base,
      status: 'Failure',
      message: `Internal error occurred: ${message}`,
      reason: 'InternalError',
      details: { causes: [{ message }] },
      code: 500,
    };
  }
  const { exitCode = 0 } = answer;
  if (exitCode === 0) return { ...base, status: 'Success' };
  return {
    ...base,
    status: 'Failure',
    message: `command terminated with non-zero exit code: error executing command [${command.join(' ')}], exit code ${exitCode}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
  };
}
