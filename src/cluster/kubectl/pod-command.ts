import { ClusterError } from '../error';

/** A path in a container: absolute, so that it is no option. */
const PATH = /^\/[^\u0000-\u001f]*$/; // eslint-disable-line no-control-regex

/** Options of `df` that only change how it prints (POSIX, and `-i` of coreutils and busybox). */
const DF_OPTION = /^-[Pki]+$/;

/**
 * Lets nothing through but reading a file (`cat`) and asking for room (`df`): what runs in a pod must change nothing.
 *
 * @throws ClusterError `failed` for any other command
 */
export function checkPodCommand(command: readonly string[]): void {
  const [program, ...rest] = command;
  const isPath = (word: string): boolean => PATH.test(word);
  const isAllowed =
    (program === 'cat' && rest.length === 1 && isPath(rest[0])) ||
    (program === 'df' && rest.every((word) => isPath(word) || DF_OPTION.test(word)));
  if (!isAllowed) {
    throw new ClusterError("only 'cat FILE' and 'df' may run in a pod", 'failed');
  }
}
