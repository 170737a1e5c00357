import { CommandError } from '../exit';

/** Longer than any token or password. */
const MOST_CHARACTERS = 16 * 1024;

/**
 * A token as it was given, without the line end that editors and `echo` add.
 *
 * @param from where it comes from, in words
 * @throws CommandError (exit 2) when it is empty or more than one line; it is never shown
 */
export function checkedSecret(text: string, from: string): string {
  const secret = text.trim();
  if (secret === '') {
    throw new CommandError(
      `the token in ${from} is empty: a pipeline without access to its secrets gives empty ones`,
    );
  }
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(secret) || secret.length > MOST_CHARACTERS) {
    throw new CommandError(
      `${from} must hold the token alone, on one line: Gitea prints a new token last, after lines of its log`,
    );
  }
  return secret;
}
