import { modelContract } from './contract/model';
import { startFake } from './servers/fake';
import { Site } from './site';

describe.each([
  ['1.25.4', 52],
  ['forgejo-11.0.2', 12],
])('FakeGitea as %s', (release, runs) => {
  let site: Site;
  beforeAll(async () => {
    site = await Site.prepare(await startFake({ release }));
  });
  afterAll(() => site.close());

  modelContract(() => site, runs);
});
