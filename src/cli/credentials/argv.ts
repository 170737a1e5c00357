import { looksLikeCredentialBesideRevision, REDACTED } from '../../declaration/credential';
import { CommandError } from '../exit';

/** Options other tools take a secret by; we have none of them. */
const SECRET_OPTION =
  /^--?(password|passwd|pass|token|access-token|secret|auth|credential|pat)(=|$)/i;

/**
 * Refuses a credential among the arguments: every user of the machine sees them, and shells keep them.
 *
 * @throws CommandError (exit 2) without showing it
 */
export function refuseSecretArguments(argv: readonly string[]): void {
  const option = argv.map((word) => SECRET_OPTION.exec(word)?.[1]).find(Boolean);
  if (option !== undefined) {
    throw new CommandError(
      `a token is never an argument, so there is no '--${option}'; ${INSTEAD}`,
    );
  }
  const index = argv.findIndex(isSecret);
  if (index >= 0) {
    throw new CommandError(
      `argument ${index + 1} looks like a credential (${REDACTED}, ${argv[index].length} characters); ${INSTEAD}`,
    );
  }
}

const INSTEAD =
  'give it in GITEA_REGISTRY_TOKEN, by --token-file FILE or by --token-stdin; revoke one that was typed here: the history of the shell keeps it';

/** Forty hex digits alone are a token; as a part of a package or a file name they are a Git revision. */
function isSecret(word: string): boolean {
  const value = /^--?[\w-]+=(.*)$/s.exec(word)?.[1] ?? word;
  return /^[0-9a-f]{40}$/i.test(value) || looksLikeCredentialBesideRevision(value);
}
