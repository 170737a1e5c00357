import { quote } from '../../../declaration/problem';
import type { Choice } from './credential';
import type { PullReading } from './pull-text';
import { shownPullText } from './pull-text';

/** Why an image cannot be pulled. */
export interface PullCause {
  readonly code: string;
  readonly words: string;
  readonly fix?: string;
}

/** Events are gone after an hour: what is left is whether a credential is needed and there. */
export function withoutText(choice: Choice, isPublic: boolean): PullCause {
  return choice.kind === 'none' && !isPublic
    ? choice
    : { code: 'REG561', words: 'no event tells why any more', fix: DELETE_POD };
}

const DELETE_POD = 'delete the pod, and read the events of the next one within the hour';

/** What a text and the Secrets of the pod tell together. */
export function causeOf(
  reading: PullReading,
  choice: Choice,
  text: string,
  image: string,
): PullCause {
  switch (reading.kind) {
    case 'told':
      return reading;
    case 'absent':
      return absent(image);
    case 'refused':
      return refused(choice);
    case 'denied':
      return denied(choice);
    case 'anonymous':
      return anonymous(choice);
    default:
      return { code: 'REG561', words: `'${shownPullText(text, image)}'` };
  }
}

/** A digest goes with its tag; a tag somebody deleted. */
function absent(image: string): PullCause {
  return image.includes('@sha256:')
    ? { code: 'REG724', words: 'the registry has no such digest any more' }
    : { code: 'REG723', words: 'the registry has no such tag' };
}

function refused(choice: Choice): PullCause {
  if (choice.kind === 'none' && choice.code === 'REG542') {
    return choice;
  }
  return {
    code: 'REG312',
    words:
      choice.kind === 'has'
        ? `the registry refuses the credential in Secret ${quote(choice.secret)}`
        : 'the registry refuses the credential of the node',
  };
}

function denied(choice: Choice): PullCause {
  return choice.kind === 'none'
    ? choice
    : choice.kind === 'has'
      ? {
          code: 'REG323',
          words: `the account of Secret ${quote(choice.secret)} may not read the image`,
        }
      : { code: 'REG561', words: 'the registry lets nobody read the image without a right to it' };
}

function anonymous(choice: Choice): PullCause {
  if (choice.kind === 'none') {
    return choice;
  }
  return choice.kind === 'has'
    ? {
        code: 'REG561',
        words: `the node asked as nobody, although Secret ${quote(choice.secret)} has a credential for the image now`,
        fix: 'delete the pod: the Secret came, or was mended, after the last try',
      }
    : {
        code: 'REG561',
        words:
          'the node asked as nobody, and whether a pull secret is there and right is not known',
        fix: 'run the doctor with the right to list secrets, which tells whether the Secret is missing, unnamed or malformed',
      };
}
