import { serverText } from '../../../client/server-text';
import { realm } from '../../observe/realm';
import { tokenUrl } from '../../observe/token-url';
import type { Outcome } from '../../outcome';
import { broken, passed } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';

const CODE = 'REG212';

/**
 * P5: whether the realm stays on `/v2` of the root. Forgejo, and Gitea up to 1.22.0, put the path of ROOT_URL in front
 * of it: well, where that answers. Silent where scheme or host are wrong, of which others speak.
 */
export const realmPath: Probe = {
  code: CODE,
  step: 'P5',
  scope: 'path',
  needs: [],
  sends: 'where the realm has a path before /v2/token, GET of it',
  decide: async (sight) => {
    const seen = await sight.see(realm);
    return seen?.isGitea && seen.url?.origin === sight.path.origin.origin
      ? judged(sight, seen.url)
      : [];
  },
};

async function judged(sight: Sight, url: URL): Promise<readonly Outcome[]> {
  const { pathname } = url;
  if (pathname === '/v2/token') {
    return [passed(CODE, pathname)];
  }
  const shown = `'${serverText(pathname, 80)}'`;
  const answers = (await sight.see(tokenUrl)).href === url.href;
  if (answers && !pathname.startsWith('//')) {
    return [passed(CODE, shown, 'the path of ROOT_URL stands in the realm, and answers')];
  }
  return [
    broken(CODE, {
      severity: answers ? 'warning' : 'error',
      observed: `the path of the realm is ${shown}${answers ? '' : ', which gives no token'}`,
      expected: "'/v2/token'",
      ...(!answers && {
        fix: {
          kind: 'text' as const,
          text: `route ${shown} to Gitea too, without stripping /v2; or give the registry a host of its own`,
        },
      }),
    }),
  ];
}
