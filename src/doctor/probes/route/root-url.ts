import { serverText } from '../../../client/server-text';
import { rootUrl as rootUrlOf } from '../../../declaration/host';
import { realm } from '../../observe/realm';
import { serverName } from '../../observe/server';
import type { Outcome } from '../../outcome';
import { broken, passed } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';

const CODE = 'REG611';

/** P5, Forgejo: its realm is ROOT_URL, so a realm elsewhere shows what to mend. */
export const rootUrl: Probe = {
  code: CODE,
  step: 'P5',
  scope: 'path',
  needs: [],
  sends: 'nothing more: the challenge of GET /v2/ is read',
  decide: async (sight) => {
    const seen = await sight.see(realm);
    const isJudged = sight.path.isImageHost !== false && seen?.url && seen.isGitea;
    return isJudged && (await serverName(sight.others))?.startsWith('Forgejo')
      ? [judged(sight, seen.url!)]
      : [];
  },
};

function judged({ path: { origin }, request, options }: Sight, url: URL): Outcome {
  const shown = `ROOT_URL is '${serverText(url.href.replace(/v2\/token$/, ''), 120)}'`;
  const isAllowed = url.protocol === 'https:' && options.allowedRealms?.includes(url.host);
  const { declaration, host } = request;
  const declared = rootUrlOf(declaration ?? { host });
  const isDeclared = declaration?.uiHost !== undefined && url.origin === new URL(declared).origin;
  return url.origin === origin.origin || isAllowed || isDeclared
    ? passed(CODE, shown)
    : broken(CODE, {
        observed: shown,
        expected: declaration?.uiHost === undefined ? `'${origin.origin}/'` : `'${declared}'`,
        fix: { kind: 'values', text: `gitea.config.server.ROOT_URL: ${declared}` },
      });
}
