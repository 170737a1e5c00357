import type { OwnerDeclaration } from '../../declaration/model';
import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { FoundDeclaration } from '../estate';
import { indexed } from '../estate-index';
import { objectName } from '../manifest';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { standingSettings } from '../values/standing-settings';
import { provisionedAs } from './provisioned-owner';
import { strictSignIn } from './sign-in';
import { listed } from './token-request';

/** REG330: an image is as visible as its owner, whatever repository it is linked to. */
export const privateStaysPrivate: Rule = {
  code: 'REG330',
  slug: 'private-stays-private',
  title: 'images declared private cannot be read anonymously',
  severity: 'error',
  why: 'visibility belongs to the owner: every image of a public user or organization is world-readable, and linking it to a private repository hides nothing',
  shows: [
    'nothing fails; `docker logout HOST && docker pull HOST/OWNER/IMAGE` succeeds',
    'the packages page of the owner is open in a private browser window',
  ],
  fix: 'keep private images under a private organization and push them there again; a link to a private repository is no protection',
  links: [
    'https://github.com/go-gitea/gitea/issues/24174',
    'https://github.com/go-gitea/gitea/issues/32182',
    'https://docs.gitea.com/usage/packages/overview',
  ],
  judgeRegistry: (registry) =>
    closedOwners(registry).flatMap((closed) => [
      ...provisionedOpen(registry, closed),
      ...declaredOpenElsewhere(registry, closed),
      ...notAllowed(registry, closed),
    ]),
};

/** An owner declared limited or private, and where. */
interface ClosedOwner {
  readonly owner: OwnerDeclaration;
  readonly at: Cursor;
}

function closedOwners({ declaration, facts }: RegistryView): ClosedOwner[] {
  const owners = declaration?.owners ?? [];
  return owners.flatMap((owner, index) =>
    owner.visibility === 'public' ? [] : [{ owner, at: facts.at.get('owners', index) }],
  );
}

/** Something rendered here makes the owner more open than declared. */
function provisionedOpen(registry: RegistryView, { owner }: ClosedOwner): Violation[] {
  const anonymous = strictSignIn(registry).length === 0;
  return provisionedAs(registry, owner.name).flatMap(({ visibility, at }) => {
    const open = visibility === 'public' && anonymous;
    const wider = open || (owner.visibility === 'private' && visibility !== 'private');
    return wider
      ? [
          {
            at,
            severity: open ? 'error' : 'warning',
            observed: `owner ${quote(owner.name)} is made ${visibility} and declared ${owner.visibility}`,
            expected: `visibility '${owner.visibility}'`,
            fix: `make ${quote(owner.name)} ${owner.visibility}`,
            ...(!open && { why: 'every signed-in user can read the images of this owner' }),
          } as const,
        ]
      : [];
  });
}

/** Another declaration of the same host says the owner is public. */
function declaredOpenElsewhere(registry: RegistryView, { owner, at }: ClosedOwner): Violation[] {
  const { estate, host } = registry;
  const index = estate.remember('public owners by host', () =>
    indexed(estate.declarations, ({ declaration }) =>
      declaration.owners
        .filter(({ visibility }) => visibility === 'public')
        .map(({ name }) => `${declaration.host}/${name.toLowerCase()}`),
    ),
  );
  const other: FoundDeclaration | undefined = index.get(`${host}/${owner.name.toLowerCase()}`)?.[0];
  return other
    ? [
        {
          at: at.get('visibility'),
          observed: `owner ${quote(owner.name)} is declared ${owner.visibility} here and public in ${objectName(other.at.manifest)}`,
          expected: 'one visibility',
        },
      ]
    : [];
}

/** A setting keeps users from being limited or private; organizations are not bound by it. */
function notAllowed(registry: RegistryView, { owner }: ClosedOwner): Violation[] {
  const settings = standingSettings(registry, 'service', 'ALLOWED_USER_VISIBILITY_MODES');
  const forbids = settings.every(({ text }) => !allowedModes(text).includes(owner.visibility));
  return owner.kind === 'user' && forbids
    ? settings.map(({ at, text }) => ({
        at,
        severity: 'warning',
        observed: `only ${quote(text)} is allowed, and user ${quote(owner.name)} is declared ${owner.visibility}`,
        expected: `'${owner.visibility}' among the allowed visibilities`,
        fix: `add ${owner.visibility} to ALLOWED_USER_VISIBILITY_MODES, or hold the images in an organization`,
      }))
    : [];
}

const MODES = ['public', 'limited', 'private'];

/** Gitea drops words it does not know, and allows all when none is left (modules/setting/service.go). */
function allowedModes(text = ''): readonly string[] {
  const known = listed(text).filter((mode) => MODES.includes(mode));
  return known.length > 0 ? known : MODES;
}
