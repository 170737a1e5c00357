import type { Gate } from '../../declaration/gates';
import { GATES, supports } from '../../declaration/gates';
import { distinctVersions, PRODUCT } from '../read/forge-version';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { countOf, declaredLinks } from './declared-link';

/** REG911: what links a package over REST came late. */
export const linkRoute: Rule = {
  code: 'REG911',
  slug: 'link-route',
  title: 'the server has the link endpoint',
  severity: 'error',
  gate: 'Gitea 1.24.0, Forgejo 11.0',
  why: 'older releases link packages in the web UI only: there is no endpoint for it, and the answer is the same 404 that a wrong path gives',
  shows: [
    '`POST …/-/link/REPO`: 404 with the text `404 page not found`, where a newer server answers in JSON',
    '`GET …/-/link/REPO`: the same 404; 405 with `Allow: POST` is a server that has the endpoint',
    'also a package name with a bare `/` in the path, or a proxy that decodes `%2F` (REG250)',
  ],
  fix: 'upgrade to Gitea 1.24 or Forgejo 11 at least; until then link in the web UI (owner, package, settings) and declare no links',
  links: [
    'https://github.com/go-gitea/gitea/pull/33481',
    'https://github.com/go-gitea/gitea/issues/30598',
  ],
  judgeRegistry: (registry) =>
    declaredLinks(registry).length === 0 ? [] : versionsWithout(registry),
};

function versionsWithout(registry: RegistryView): Violation[] {
  const gate: Gate = GATES.linkApi;
  return (
    distinctVersions(registry)
      // A build on the way to the release may have it already.
      .filter(({ version }) => !supports({ ...version, preRelease: false }, 'linkApi'))
      .map(({ version: { flavor }, text, at }) => ({
        at,
        observed: `${PRODUCT[flavor]} '${text}', while ${countOf(declaredLinks(registry))}`,
        expected: `${PRODUCT[flavor]} ${gate[flavor]} or newer, or no declared links`,
      }))
  );
}
