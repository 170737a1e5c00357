import { publishRegistry } from '../../observe/publish-registry';
import type { NoSession } from '../../observe/upload-session';
import { uploadSession } from '../../observe/upload-session';
import type { Breach, Outcome } from '../../outcome';
import { broken, passed } from '../../outcome';
import type { Sight } from '../../sight';
import { answerText } from '../upload/answer-text';
import { withoutCode } from '../route/shown';
import { LOGIN_PROVES_NOTHING } from '../upload/may-not-write';
import type { Denial } from './denials';
import { denialOf } from './denials';

/**
 * Whether the account may push to a registry that is none of Gitea; for one of Gitea the probe of each path says it. A
 * registry may let everybody push: a credential is not needed.
 */
export async function foreignSession(sight: Sight): Promise<Outcome[]> {
  const kind = await sight.see(publishRegistry);
  if (kind === 'gitea') {
    return [];
  }
  const { repository } = sight.request.publish!;
  const { credential } = sight.path;
  const who = credential === undefined ? 'everybody' : `'${credential.user}'`;
  const attempt = await sight.see(uploadSession);
  return attempt.kind === 'opened'
    ? [passed('REG321', `${who} may push to '${repository}'`)]
    : [refused(attempt, credential === undefined ? 'nobody is signed in' : `${who} may not push`)];
}

function refused(attempt: NoSession, may: string): Outcome {
  if (attempt.kind === 'refused') {
    const { status, said, reading } = attempt;
    const denial = denialOf(said);
    const isRight = status === 401 || status === 403 || denial !== undefined;
    const observed = `${isRight ? `${may}: ` : ''}${answerText(attempt)}`;
    return isRight
      ? broken('REG321', explained(observed, denial))
      : broken(status === 404 ? 'REG320' : reading.code, { observed });
  }
  const { error } = attempt;
  const { status } = error.facts;
  const observed = withoutCode(error);
  // The realm refuses a token: it knows nobody by the credential, or gives it to nobody.
  return status === 401 || status === 403
    ? broken(error.code === 'REG310' ? 'REG321' : 'REG312', explained(observed, denialOf(observed)))
    : broken(error.code, { observed });
}

function explained(observed: string, denial: Denial | undefined): Breach {
  return {
    observed: denial ? `${observed}: ${denial.meaning}` : observed,
    note: LOGIN_PROVES_NOTHING,
    fix: {
      kind: 'text',
      text:
        denial?.fix ??
        'sign in with a token that may write this image, and check the first part of its name',
    },
  };
}
