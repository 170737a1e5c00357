import { organization } from '../../doctor/scenarios/declared';
import type { Asked } from './front';
import { behindNginx, behindTraefik, everything } from './front';
import type { Lab } from './lab';
import type { RealScenario } from './scenario';
import { allBut } from './traefik-routes';

const publisher: Pick<Asked, 'login'> = { login: (lab) => lab.login('publisher') };

/** A declared link of an image of the public organization. */
const declaredLink =
  (name: string, repository: string) =>
  (lab: Lab): ReturnType<NonNullable<Asked['declared']>> => ({
    owners: [organization(lab.open)],
    links: [{ owner: lab.open, type: 'container', name, repository }],
  });

/** `doctor --link` for an image. */
const linking = (
  name: string,
  repository: string,
  owner: 'open' | 'closed' = 'open',
  login: Asked['login'] = publisher.login,
): Asked => ({
  login,
  request: (lab) => ({
    link: { reference: { owner: lab[owner], type: 'container', name }, repository },
  }),
});

/** Steps P10 and P11: the API, what is stored, and what is linked. */
export const PACKAGES: readonly RealScenario[] = [
  behindTraefik('Traefik has no route for the API', 'REG910', {
    routes: allBut('/api/v1'),
    direct: 'none',
    request: (lab) => ({ owners: [lab.open] }),
  }),
  behindNginx('nginx refuses the API', 'REG910', {
    server: (gitea) => `${everything(gitea)} location /api/v1 { deny all; }`,
    direct: 'none',
  }),
  behindTraefik('a layer is gone from the store', 'REG735', {
    login: (lab) => lab.login('keeper'),
    request: (lab) => ({ owners: [lab.damaged], blobs: true }),
  }),
  behindTraefik('an image of an index was deleted', 'REG727', {
    login: (lab) => lab.login('keeper'),
    request: (lab) => ({ owners: [lab.torn], blobs: true }),
  }),
  behindTraefik('a declared package is not linked', 'REG917', {
    ...publisher,
    declared: declaredLink('tool', 'hub'),
  }),
  behindTraefik('a package is linked to another repository than declared', 'REG917', {
    ...publisher,
    declared: declaredLink('state-hub', 'second'),
  }),
  behindNginx('nginx hides the link API', 'REG911', {
    ...linking('tool', 'hub'),
    server: (gitea) => `${everything(gitea)} location ~ /-/(un)?link { return 404; }`,
    direct: 'none',
  }),
  behindTraefik('the package to link does not exist', 'REG913', linking('toll', 'hub')),
  behindTraefik(
    'the image is named without the prefix it was pushed with',
    'REG913',
    linking('api', 'stack', 'closed'),
  ),
  behindTraefik('the repository to link to does not exist', 'REG914', linking('tool', 'hubb')),
  behindTraefik('the repository to link to had another name', 'REG914', linking('tool', 'former')),
  behindTraefik('the repository has no packages unit', 'REG915', linking('tool', 'plain')),
  behindTraefik(
    'the one who links may only read packages of the owner',
    'REG916',
    linking('tool', 'hub', 'open', (lab) => lab.login('reader')),
  ),
];
