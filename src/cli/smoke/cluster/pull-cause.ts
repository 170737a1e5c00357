import { quote } from '../../../declaration/problem';
import type { PullReading } from '../../../doctor/cluster/pulls/pull-text';
import { pullReason, readPullText, shownPullText } from '../../../doctor/cluster/pulls/pull-text';
import type { PullState } from '../../../operate/pull-test/pull-state';
import type { PullSubject } from './pull-subject';

/** Why the image of a pull test could not be pulled. */
export interface PullCause {
  readonly code: string;
  readonly words: string;
  /** @default - of the check */
  readonly fix?: string;
}

/** The cause of a failed pull, from the texts of kubelet; the Secret itself is not looked at. */
export function pullCause(
  { texts, isSecretMissing }: Extract<PullState, { kind: 'failed' }>,
  subject: PullSubject,
): PullCause {
  const { image } = subject;
  const text = texts.find((one) => pullReason(one, image) !== '');
  if (text === undefined) {
    return { code: 'REG561', words: `${texts.at(-1)}, and no event tells why` };
  }
  const cause = causeOf(readPullText(text, image), { ...subject, isSecretMissing });
  return { ...cause, words: `${cause.words}: '${shownPullText(text, image)}'` };
}

interface Tried extends PullSubject {
  readonly isSecretMissing: boolean;
}

function causeOf(reading: PullReading, tried: Tried): PullCause {
  switch (reading.kind) {
    case 'told':
      return reading;
    case 'absent':
      return tried.image.includes('@sha256:')
        ? { code: 'REG724', words: 'the registry has no such digest' }
        : { code: 'REG723', words: 'the registry has no such tag' };
    case 'refused':
      return { code: 'REG312', words: `the registry refuses the credential in ${secrets(tried)}` };
    case 'denied':
      return (
        withoutSecret(tried) ?? {
          code: 'REG323',
          words: `the account of ${secrets(tried)} may not read the image`,
        }
      );
    case 'anonymous':
      return (
        withoutSecret(tried) ?? {
          code: 'REG543',
          words: `the node asked as nobody: kubelet finds no entry for '${tried.host}' in ${secrets(tried)}`,
          fix: `let the docker config of the Secret have the key '${tried.host}', and its entry an 'auth' (REG542); \`gitea-registry pull-secret\` writes one`,
        }
      );
    default:
      return { code: 'REG561', words: 'the node could not pull' };
  }
}

function withoutSecret({ pullSecrets, isSecretMissing, namespace }: Tried): PullCause | undefined {
  return pullSecrets.length === 0
    ? {
        code: 'REG540',
        words: 'the Pod has no pull secret, and the registry asks for a credential',
      }
    : isSecretMissing
      ? {
          code: 'REG540',
          words: `${secrets({ pullSecrets })} is not in namespace '${namespace}'`,
        }
      : undefined;
}

function secrets({ pullSecrets }: Pick<PullSubject, 'pullSecrets'>): string {
  return pullSecrets.length === 0
    ? 'the configuration of the node'
    : `Secret ${pullSecrets.map((name) => quote(name)).join(' or ')}`;
}
