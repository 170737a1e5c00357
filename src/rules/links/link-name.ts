import { quote } from '../../declaration/problem';
import type { Rule } from '../rule';
import { declaredLinks } from './declared-link';

/** REG912: Forgejo does not decode the name of a package it shall link. */
export const linkName: Rule = {
  code: 'REG912',
  slug: 'link-name',
  title: 'the package name can be linked over REST on this product',
  severity: 'error',
  gate: 'Forgejo 11 to 12-dev; later releases look the same',
  why: 'Forgejo lists and deletes a package whose name holds `/`, but links and unlinks by the name as it stands in the path: `%2F` is no slash to it, and so there is no such package',
  shows: [
    '`POST …/container/team%2Fapp/-/link/REPO`: 404 `package does not exist`, although the package is listed',
    '`%252F` in its place: the same answer',
  ],
  fix: 'push the image under a flat name such as `team-app`, or leave the link out of the declaration and make it in the web UI',
  links: [
    'https://codeberg.org/forgejo/forgejo/src/branch/forgejo/routers/api/v1/packages/package.go',
    'https://forgejo.org/docs/latest/user/packages/',
  ],
  judgeRegistry: (registry) =>
    registry.facts.flavor === 'forgejo'
      ? declaredLinks(registry)
          .filter(({ name }) => name.includes('/'))
          .map(({ name, at }) => ({
            at: at.get('name'),
            observed: `package name ${quote(name)} on Forgejo`,
            expected: "a name without '/', or a link made in the web UI",
          }))
      : [],
};
