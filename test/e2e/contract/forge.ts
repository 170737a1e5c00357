import type { Server } from '../servers/server';
import { Site } from '../site';
import { accessContract } from './access';
import { genericContract } from './generic';
import { giteaImageContract } from './gitea-images';
import { limitsContract } from './limits';
import type { InteropPlace } from './interop';
import { interopContract } from './interop';
import { linksContract } from './links';
import { modelContract } from './model';
import { packagesContract } from './packages';

/** What of the contract only servers that are not ours are worth. */
export interface ForgeContractOptions {
  /** Whether other clients of registries are tried beside ours. @default false */
  readonly interop?: boolean;
  /** Whether the server takes other settings. @default true */
  readonly canLimit?: boolean;
  /** How many sequences of commands are compared with the model. @default - none */
  readonly modelRuns?: number;
}

/** All a Gitea or Forgejo must do for our clients. */
export function forgeContract(
  start: () => Promise<Server>,
  { interop = false, canLimit = true, modelRuns }: ForgeContractOptions = {},
): void {
  let site: Site;
  const prepared = (): Site => site;
  beforeAll(async () => {
    const server = await start();
    try {
      site = await Site.prepare(server);
    } catch (error) {
      await server.close();
      throw error;
    }
  }, 180_000);
  afterAll(() => site?.close());

  describe('images', () => giteaImageContract(prepared));
  if (interop) {
    describe('beside', () => interopContract(() => interopPlace(site)));
  }
  describe('packages', () => packagesContract(prepared));
  describe('a link', () => linksContract(prepared));
  describe('generic files', () => genericContract(prepared));
  describe('access', () => accessContract(prepared));
  if (modelRuns !== undefined) {
    describe('in any order', () => modelContract(prepared, modelRuns));
  }
  if (canLimit) {
    describe('limits', () => limitsContract(prepared));
  } else {
    test.skip('limits: the settings of this server are not ours to change', () => undefined);
  }
}

function interopPlace(site: Site): InteropPlace {
  const { origin, credential } = site.target('publisher', ['write:package']);
  return {
    host: origin.host,
    credential,
    client: site.oci('publisher', ['write:package']),
    fresh: () => `${site.open}/${site.fresh()}`,
  };
}
