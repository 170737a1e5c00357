import { isPage } from '../../../client/server-text';
import type { Answered } from '../../ask';

/** Codes of answers that mean the same whatever was asked. */
const FRONT = /^REG(212|215|217|218|220|250|452|560)$/;

/**
 * Code of an answer that something in front of Gitea gave, where it means the same whatever was asked; undefined where
 * it depends on the question, as 404 and 200 do.
 */
export function frontCode(answer: Answered): string | undefined {
  const { status, reading } = answer;
  if (status >= 300 && status < 400) {
    return reading.code === 'REG217' ? 'REG217' : 'REG219';
  }
  if (status === 401) {
    return 'REG217';
  }
  if (status === 403 || status === 429) {
    // A firewall and a login both send a page; only the login says so (oauth2-proxy sends 403).
    return reading.code === 'REG452' ? 'REG452' : isLogin(answer) ? 'REG217' : 'REG218';
  }
  return status >= 400 && status !== 404 && FRONT.test(reading.code) ? reading.code : undefined;
}

/** Whether a page asks to sign in. */
export function isLogin({ body, headers }: Answered): boolean {
  return (
    isPage(body, headers['content-type']) &&
    /sign[ -]?in|log[ -]?in|type=["']?password|oauth|saml|single sign-on|\bsso\b/i.test(body)
  );
}
