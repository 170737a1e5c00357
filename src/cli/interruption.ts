import { CommandError, EXIT } from './exit';

let controller: AbortController | undefined;

/** A signal that Ctrl-C aborts; once somebody took it, the first Ctrl-C no longer ends the process. */
export function interruption(): AbortSignal {
  controller ??= new AbortController();
  return controller.signal;
}

/** What Ctrl-C does: the first aborts the command that takes part, any other ends the process. */
export function interrupt(exit: (code: number) => void): void {
  if (controller === undefined || controller.signal.aborted) {
    exit(EXIT.INTERRUPTED);
    return;
  }
  controller.abort(new CommandError('interrupted', EXIT.INTERRUPTED));
}
