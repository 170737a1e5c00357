import { forgeContract } from './contract/forge';
import { startFake } from './servers/fake';

describe.each(['1.22.6', '1.23.8', '1.25.4', '1.26.0-dev', '1.26.2', 'forgejo-11.0.2'])(
  'FakeGitea as %s',
  (release) => {
    forgeContract(() => startFake({ release }));
  },
);
