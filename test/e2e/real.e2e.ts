import { forgeContract } from './contract/forge';
import { startGitea } from './servers/gitea-binary';
import { skipLoudly } from './servers/skip';
import { visit } from './servers/visited';

const { GITEA_BINARY, GITEA_STATIC_ROOT, GITEA_URL, GITEA_USER, GITEA_TOKEN } = process.env;

const REAL = { interop: true, modelRuns: 40 };

const program = GITEA_BINARY && {
  binary: GITEA_BINARY,
  staticRoot: GITEA_STATIC_ROOT || undefined,
};
const visited = GITEA_URL && { url: GITEA_URL, user: GITEA_USER ?? '', token: GITEA_TOKEN ?? '' };

if (program) {
  describe(`the program '${program.binary}'`, () => {
    forgeContract(() => startGitea(program), REAL);
  });
}

if (visited) {
  describe(`the server at ${visited.url}`, () => {
    forgeContract(async () => visit(visited.url, visited.user, visited.token), {
      ...REAL,
      canLimit: false,
    });
  });
}

if (!program && !visited) {
  skipLoudly(
    'a real server: set GITEA_BINARY to a Gitea or Forgejo program (GITEA_STATIC_ROOT to its folder with templates and options, where it has none inside), or GITEA_URL to a server that can be thrown away, with GITEA_USER and GITEA_TOKEN of a site admin',
  );
}
