import type { FakeGiteaOptions, FakeVersion } from '../../src/testing';
import { FakeGitea } from '../../src/testing';
import { temporaryFolder } from '../support/temporary';
import type { Run, Surroundings } from './run-command';
import { runCommand } from './run-command';

/** A Gitea with an organization `coulomb`, a repository `state-hub` and a bot, and a folder to run the command in. */
export interface Forge {
  readonly gitea: FakeGitea;
  /** `host:port`. */
  readonly host: string;
  /** Token of `ci`, who owns `coulomb`: `write:package`. */
  readonly token: string;
  readonly folder: string;
  /** Runs the command against it, with the token of `ci` unless the environment says otherwise. */
  run(argv: readonly string[], surroundings?: Partial<Surroundings>): Promise<Run>;
  /** Adds a package with versions, without files; the first is the oldest. */
  addPackage(name: string, versions: readonly string[], repository?: string): void;
}

/** Registers hooks that start such a server for each test; call the result to get it. */
export function forge(options: FakeGiteaOptions = {}): () => Forge {
  const folder = temporaryFolder();
  let current: Forge;
  beforeEach(async () => {
    const gitea = await FakeGitea.start(options);
    gitea.addUser('ci');
    gitea.addOrganization('coulomb', { owners: ['ci'] });
    gitea.addRepository('coulomb', 'state-hub');
    const token = gitea.createToken('ci', ['write:package']);
    const run: Forge['run'] = (argv, { env, stdin, ...rest } = {}) =>
      runCommand(
        argv,
        folder(),
        { GITEA_REGISTRY_URL: gitea.url, GITEA_REGISTRY_TOKEN: token, ...env },
        stdin,
        rest,
      );
    current = {
      gitea,
      host: new URL(gitea.url).host,
      token,
      folder: folder(),
      run,
      addPackage: (name, versions, repository) => addPackage(gitea, name, versions, repository),
    };
  });
  afterEach(() => current.gitea.close());
  return () => current;
}

function addPackage(
  { state }: FakeGitea,
  fullName: string,
  versions: readonly string[],
  repository: string | undefined,
): void {
  const [owner, type, ...rest] = fullName.split('/');
  const holder = state.owners.find(({ name }) => name === owner)!;
  const creator = state.owners.find(({ name }) => name === 'ci')!;
  const linked = state.repositories.find(
    ({ ownerId, name }) => ownerId === holder.id && name === repository,
  );
  state.packages.push({
    id: state.nextId('package'),
    ownerId: holder.id,
    type,
    name: rest.join('/'),
    ...(linked && { repositoryId: linked.id }),
    versions: versions.map((version, index): FakeVersion => ({
      id: state.nextId('package_version'),
      version,
      isInternal: false,
      creatorId: creator.id,
      createdAt: Date.UTC(2026, 0, 1) + index * 60_000,
      files: [],
    })),
  });
}
