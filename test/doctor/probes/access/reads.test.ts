import type { Situation } from './bench';
import { diagnosed, faults, outcomes, password, token } from './bench';

const READER = token('reader', 'read:package');
const STRANGER = token('stranger', 'read:package');

describe('an owner declared public', () => {
  test('is read by anybody, whether or not an image is known', async () => {
    const found = await outcomes({ owners: { coulomb: 'public' } }, 'REG310');
    expect(found.map(({ step, status }) => [step, status])).toEqual([
      ['P6', 'pass'],
      ['P11', 'pass'],
    ]);
  });

  test('is closed', async () => {
    const found = await outcomes({ owners: { mosaic: 'public', coulomb: 'public' } }, 'REG310');
    expect(found[1]).toMatchObject({ step: 'P11', status: 'warn' });
    expect(found[1].observed).toContain("'mosaic'");
    expect(found[1].observed).not.toContain('coulomb');
  });

  test('does not exist yet', async () => {
    const found = await outcomes({ owners: { nobody: 'public' } }, 'REG310');
    expect(found[1]).toMatchObject({ status: 'skip', note: "an owner that exists: 'nobody'" });
  });

  test('has another name now', async () => {
    const found = await outcomes(
      {
        content: ({ state }) => {
          const owner = state.owners.find(({ name }) => name === 'coulomb')!;
          state.ownerRedirects.set('former', owner.id);
        },
        owners: { former: 'public' },
      },
      'REG310',
    );
    expect(found[1]).toMatchObject({ status: 'skip' });
  });
});

describe('an owner declared private', () => {
  test('is closed to who has not signed in', async () => {
    const [found] = await outcomes({ owners: { mosaic: 'private' } }, 'REG330');
    expect(found).toMatchObject({
      status: 'pass',
      observed: "closed to who has not signed in: the packages of 'mosaic'",
    });
  });

  test.each(['private', 'limited'] as const)('is open, declared %s', async (visibility) => {
    const [found] = await outcomes(
      { owners: { coulomb: visibility }, images: ['coulomb/app', 'coulomb/two'] },
      'REG330',
    );
    expect(found).toMatchObject({
      status: 'fail',
      observed: `anybody reads 'coulomb/app', 'coulomb/two' (2 looked at), declared ${visibility}`,
    });
  });

  test('needs no look where everybody must sign in', async () => {
    const { forge, diagnosis } = await diagnosed({
      forge: { requireSignIn: true },
      owners: { coulomb: 'private' },
    });
    expect(diagnosis.results.find(({ code }) => code === 'REG330')).toMatchObject({
      status: 'pass',
    });
    expect(forge.arrived().filter((line) => line.includes('tags/list'))).toEqual([]);
  });

  test('is nothing to speak of where none is declared', async () => {
    expect(await outcomes({ owners: { coulomb: 'public' } }, 'REG330')).toEqual([]);
  });
});

describe('the pull credential', () => {
  test('reads what is declared', async () => {
    const found = await outcomes(
      { pullLogin: READER, owners: { coulomb: 'public', mosaic: 'private' }, images: ['mosaic/a'] },
      'REG323',
    );
    expect(found).toMatchObject([
      {
        status: 'pass',
        observed:
          "the pull credential reads 'mosaic/a' (1 looked at) and the packages of 'coulomb'",
      },
    ]);
  });

  test.each<[string, Situation, string[]]>([
    ['is no member', { pullLogin: STRANGER, owners: { mosaic: 'private' } }, ['REG323 fail']],
    [
      'is wrong',
      {
        pullLogin: ({ proxy }) => ({ origin: proxy.url, user: 'reader', secret: 'f'.repeat(40) }),
        owners: { mosaic: 'private' },
      },
      ['REG312 fail'],
    ],
    [
      'has no package scope',
      { pullLogin: token('reader', 'read:user'), owners: { mosaic: 'private' } },
      ['REG314 fail'],
    ],
    [
      'has no package scope on Forgejo',
      {
        forge: { release: 'forgejo-11.0.2' },
        pullLogin: token('reader', 'read:user'),
        owners: { mosaic: 'private' },
      },
      ['REG314 fail'],
    ],
    [
      'is limited to public owners',
      { pullLogin: token('reader', 'read:package', 'public-only'), owners: { mosaic: 'private' } },
      ['REG314 fail'],
    ],
    [
      'is a password',
      { pullLogin: password('reader'), owners: { mosaic: 'private' } },
      ['REG313 warn'],
    ],
    [
      'is an account that may not sign in',
      {
        content: ({ state }) => {
          state.owners.find(({ name }) => name === 'reader')!.account!.prohibitLogin = true;
        },
        pullLogin: READER,
        owners: { coulomb: 'public', mosaic: 'private' },
      },
      ['REG322 fail'],
    ],
  ])('%s', async (_, situation, expected) => {
    expect(await faults(situation)).toEqual(expected);
  });

  test('of another host is not sent', async () => {
    const [found] = await outcomes(
      {
        pullLogin: (forge) => ({ ...READER(forge), origin: 'https://other.example.test' }),
        owners: { mosaic: 'private' },
      },
      'REG323',
    );
    expect(found).toMatchObject({
      status: 'skip',
      note: "a way to 'other.example.test', which the pull credential is for",
    });
  });
});

describe('without a pull credential', () => {
  test('the one of the path is only warned about', async () => {
    expect(await faults({ login: STRANGER, owners: { mosaic: 'private' } })).toEqual([
      'REG323 warn',
    ]);
  });

  test('nothing is said of one that reads everything', async () => {
    expect(await outcomes({ login: READER, owners: { mosaic: 'private' } }, 'REG323')).toEqual([]);
  });
});
