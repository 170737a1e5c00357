import { quote } from '../../declaration/problem';
import type { Rule, Violation } from '../rule';
import type { LinkCall } from './link-call';
import { linkCalls } from './link-call';

/** REG914: the repository of a link is looked up below the owner of the package. */
export const linkRepository: Rule = {
  code: 'REG914',
  slug: 'link-repository',
  title: 'the repository exists under the same owner',
  severity: 'error',
  why: 'Gitea looks the repository up by its bare name below the owner of the package: it knows no `owner/repo` there, links to no repository of another owner, and follows no rename',
  shows: [
    '`POST …/-/link/REPO`: 404 in JSON, `repository does not exist [id: 0, uid: N, owner_name: , name: REPO]`',
    '`GET /api/v1/repos/OWNER/REPO` answers 301 or 307: the repository was renamed',
  ],
  fix: 'name the repository without its owner; push the package under the owner of the repository, or move the repository',
  links: [
    'https://github.com/go-gitea/gitea/pull/35394',
    'https://github.com/go-gitea/gitea/pull/33481',
  ],
  // In a declaration the grammar of links leaves no room for another owner.
  judgeRegistry: (registry) => linkCalls(registry).flatMap(nestedName),
};

/** `owner/repo`, plain or escaped, where the bare name belongs. */
function nestedName({ owner, repository, at }: LinkCall): Violation[] {
  const [, first, name] = /^([^/]+?)(?:\/|%2f)([^/].*)$/i.exec(withoutVariables(repository)) ?? [];
  if (first === undefined) {
    return [];
  }
  const crosses = isPlain(first) && isPlain(owner) && first.toLowerCase() !== owner.toLowerCase();
  return [
    {
      at,
      observed: `a link call with ${quote(repository)} in place of a repository name`,
      expected: `the bare name of a repository of ${isPlain(owner) ? quote(owner) : 'the owner of the package'}`,
      fix: crosses
        ? `push the package under ${quote(first)}, or move the repository to ${quote(owner)}: links never cross owners`
        : `end the path of the call in ${isPlain(name) ? quote(`/-/link/${name}`) : "'/-/link/' and the bare name"}`,
    },
  ];
}

/** A `/` between the braces of a variable is none of the path. */
function withoutVariables(text: string): string {
  return text.replace(/\$\{[^}]*\}/g, '$');
}

function isPlain(text: string): boolean {
  return /^[\w.-]+$/.test(text);
}
