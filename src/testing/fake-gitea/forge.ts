import type { Behavior } from './behavior';
import type { Settings } from './settings';
import type { FakeOwner, FakeState } from './state';

/** What the handlers of one server share. */
export interface Forge {
  readonly settings: Settings;
  readonly behavior: Behavior;
  readonly state: FakeState;
  /** Where it listens, `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** Key of the registry's tokens. */
  readonly jwtSecret: Buffer;
}

/** `[server] ROOT_URL`, one slash at the end. */
export function rootUrlOf(forge: Forge): string {
  const url = forge.settings.rootUrl ?? forge.address;
  return url.endsWith('/') ? url : `${url}/`;
}

/** The path of ROOT_URL without a slash at the end, empty at the root. */
export function subPathOf(forge: Forge): string {
  return new URL(rootUrlOf(forge)).pathname.replace(/\/+$/, '');
}

/** An owner by name, without case. */
export function findOwner(forge: Forge, name: string): FakeOwner | undefined {
  const wanted = name.toLowerCase();
  return forge.state.owners.find((owner) => owner.name.toLowerCase() === wanted);
}

/** An owner by id. */
export function ownerById(forge: Forge, id: number): FakeOwner {
  const owner = forge.state.owners.find((candidate) => candidate.id === id);
  if (owner === undefined) throw new Error(`no owner has the id ${id}`);
  return owner;
}
