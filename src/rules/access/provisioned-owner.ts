import type { OwnerVisibility } from '../../declaration/model';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import type { RegistryView } from '../registry-view';
import type { Command } from './provisioning';
import { isForgeResource, provisioningCommands } from './provisioning';

/** A user or organization that something rendered here makes or changes, with the visibility it asks for. */
export interface ProvisionedOwner {
  /** Name in lower case, as Gitea compares it. */
  readonly name: string;
  readonly visibility: OwnerVisibility;
  readonly at: Cursor;
}

/**
 * What is asked for an owner of this registry; of several requests in one manifest the last. With several declared
 * registries nobody can tell which of them a request is for.
 */
export function provisionedAs(
  { estate }: RegistryView,
  owner: string,
): readonly ProvisionedOwner[] {
  const index = estate.remember('provisioned owners', () =>
    indexed(estate.declarations.length > 1 ? [] : provisionedOwners(estate), ({ name }) => name),
  );
  const requests = index.get(owner.toLowerCase()) ?? [];
  const last = new Map(requests.map((request) => [request.at.manifest, request]));
  return [...last.values()];
}

function provisionedOwners(estate: Estate): ProvisionedOwner[] {
  return [
    ...provisioningCommands(estate).flatMap(ofCommand),
    ...estate.ofKind('Org', 'Organization', 'User').filter(isForgeResource).flatMap(ofResource),
  ];
}

/** `POST /orgs`, `POST /admin/users`, `POST /admin/users/{name}/orgs`, `PATCH /orgs/{name}`, `PATCH /admin/users/{name}`. */
const OWNER_ROUTE = /\/api\/v1\/(?:orgs|admin\/users)(?:\/([^/\s"'?]+))?(?:\/orgs)?(?:["'?\s]|$)/;

function ofCommand(command: Command): ProvisionedOwner[] {
  const route = command.flatMap(({ text }) => OWNER_ROUTE.exec(text) ?? []);
  return route.length === 0
    ? []
    : command.flatMap(({ text, at }) => {
        const name = /"username"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? route[1];
        return owner(name, /"visibility"\s*:\s*"([a-z]+)"/.exec(text)?.[1], at);
      });
}

/** Custom resources of hyperspike's operator and of the Crossplane provider for Gitea. */
function ofResource({ root, name }: Manifest): ProvisionedOwner[] {
  const provider = root.get('spec', 'forProvider');
  const [visibility] = [provider.get('visibility'), root.get('spec', 'visibility')].filter(
    ({ exists }) => exists,
  );
  return visibility
    ? owner(provider.get('username').text ?? name, visibility.text, visibility)
    : [];
}

function owner(
  name: string | undefined,
  visibility: string | undefined,
  at: Cursor,
): ProvisionedOwner[] {
  return name !== undefined && isVisibility(visibility)
    ? [{ name: name.toLowerCase(), visibility, at }]
    : [];
}

function isVisibility(text: string | undefined): text is OwnerVisibility {
  return text === 'public' || text === 'limited' || text === 'private';
}
