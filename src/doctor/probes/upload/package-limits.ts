import { account } from '../../observe/account';
import type { Outcome } from '../../outcome';
import { skipped } from '../../outcome';
import type { Sight } from '../../sight';

/** Limits of packages show only where something is uploaded, and never to a site administrator (rule 5). */
export async function packageLimits(sight: Sight): Promise<Outcome[]> {
  const isAdmin = (await sight.see(account))?.isAdmin === true;
  const note = isAdmin
    ? 'the account is a site administrator, whom no limit stops: give the credential of a publisher'
    : "only an upload shows it: 'gitea-registry smoke'";
  return [skipped('REG460', note), skipped('REG461', note)];
}
