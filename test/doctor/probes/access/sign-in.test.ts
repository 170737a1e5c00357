import { TRAEFIK } from '../../../../src/testing';
import type { Situation } from './bench';
import { authorized, diagnosed, faults, outcomes, password, token } from './bench';

const FORGEJO = { release: 'forgejo-11.0.2' };

const REFUSED = {
  status: 401,
  headers: [['Content-Type', 'text/plain; charset=utf-8']],
  body: 'Failed to authenticate user\n',
} as const;

describe('a credential (P8)', () => {
  test('is not missed where there is none', async () => {
    const { diagnosis } = await diagnosed();
    const codes = diagnosis.results.filter(({ step }) => step === 'P8');
    expect(codes.map(({ status }) => status)).toEqual(codes.map(() => 'skip'));
    expect(codes[0].note).toBe('a user and an access token of this origin');
  });

  test.each(['1.22.0', '1.23.8', '1.25.4', '1.26.1', 'forgejo-7.0.16', 'forgejo-12.0.1'])(
    'with write:package is good on %s',
    async (release) => {
      const login = token('publisher', 'write:package');
      expect(await faults({ forge: { release }, login, owners: { coulomb: 'public' } })).toEqual(
        [],
      );
    },
  );

  test('that belongs to another origin is not sent', async () => {
    const { forge, diagnosis } = await diagnosed({
      login: (seeded) => ({
        ...token('publisher', 'write:package')(seeded),
        origin: 'https://other.example.test',
      }),
    });
    expect(authorized(forge, 'Basic')).toEqual(['GET /v2/token']);
    expect(diagnosis.results.find(({ code }) => code === 'REG312')).toMatchObject({
      status: 'skip',
    });
  });

  test('that no header can carry is refused without being sent', async () => {
    const [found] = await outcomes(
      {
        login: ({ proxy }) => ({ origin: proxy.url, user: 'publisher', secret: 'line\nbreak' }),
      },
      'REG312',
    );
    expect(found).toMatchObject({ status: 'fail' });
    expect(found.observed).toContain('line break');
  });

  test('stops at a sign-in that ends in an error of the server', async () => {
    const answer = {
      ...TRAEFIK.badGateway,
      // Anonymous and wrong ones came before.
      match: signInsAfter(2),
    };
    const login = token('publisher', 'write:package');
    const [found] = await outcomes({ switches: { answer }, login }, 'REG312');
    expect(found).toMatchObject({
      status: 'fail',
      observed: '502 by Traefik, for the credential',
    });
  });

  test.each<[string, Situation, string[]]>([
    ['a password on Gitea', { login: password('publisher') }, ['REG313 warn']],
    ['a password on Forgejo', { forge: FORGEJO, login: password('publisher') }, ['REG313 warn']],
    [
      'a password where tokens tell no scope',
      { forge: { release: '1.22.0' }, login: password('publisher') },
      [],
    ],
    ['a token of scope all', { login: token('publisher', 'all') }, ['REG325 warn']],
    [
      'a token of scope all on Forgejo',
      { forge: FORGEJO, login: token('publisher', 'all') },
      ['REG325 warn'],
    ],
    [
      'a token as user name',
      {
        login: (forge) => ({
          origin: forge.proxy.url,
          user: token('publisher', 'all')(forge).secret,
          secret: 'x-oauth-basic',
        }),
      },
      ['REG325 warn'],
    ],
    [
      'a token without a package scope',
      { login: token('publisher', 'read:repository') },
      ['REG314 fail'],
    ],
    [
      'a token without a package scope on Forgejo',
      { forge: FORGEJO, login: token('publisher', 'read:repository') },
      ['REG314 fail'],
    ],
    [
      'a reading token that shall link',
      {
        login: token('publisher', 'read:package'),
        request: {
          link: {
            reference: { owner: 'coulomb', type: 'container', name: 'app' },
            repository: 'state-hub',
          },
        },
      },
      ['REG314 fail'],
    ],
    [
      'a public-only token and a private owner',
      { login: token('publisher', 'write:package', 'public-only'), owners: { mosaic: 'private' } },
      ['REG314 warn'],
    ],
    [
      'a site administrator',
      { login: token('root', 'write:package', 'read:user') },
      ['REG324 warn'],
    ],
  ])('is told what it is: %s', async (_, situation, expected) => {
    expect(await faults(situation)).toEqual(expected);
  });
});

describe('the token made of it', () => {
  test('is refused by every replica but one', async () => {
    let pings = 0;
    const match = ({ path }: { readonly path: string }): boolean =>
      path === '/v2/' && pings++ % 5 > 1;
    const [found] = await outcomes(
      {
        switches: { answer: { ...REFUSED, match } },
        login: token('publisher', 'write:package'),
      },
      'REG316',
    );
    expect(found).toMatchObject({ status: 'fail' });
    expect(found.observed).toMatch(/^[345] of 5 requests/);
  });

  test('is asked for five times, with the token and without the credential', async () => {
    const { forge } = await diagnosed({ login: token('publisher', 'write:package') });
    expect(authorized(forge, 'Bearer').filter((line) => line === 'GET /v2/')).toHaveLength(5);
    expect(authorized(forge, 'Basic').filter((line) => !line.includes('/v2/token'))).toEqual([
      'GET /api/v1/user',
    ]);
  });
});

describe('an account', () => {
  test.each([{ prohibitLogin: true }, { isActive: false }, { mustChangePassword: true }])(
    'is not usable: %j',
    async (change) => {
      const found = await faults({
        content: ({ state }) =>
          Object.assign(state.owners.find(({ name }) => name === 'publisher')!.account!, change),
        login: token('publisher', 'write:package'),
        owners: { coulomb: 'public', mosaic: 'private' },
      });
      expect(found).toEqual(['REG322 fail']);
    },
  );

  test('that is locked shows it without the API', async () => {
    const found = await faults({
      content: ({ state }) => {
        state.owners.find(({ name }) => name === 'publisher')!.account!.prohibitLogin = true;
      },
      switches: {
        answer: { ...TRAEFIK.notFound, match: ({ path }) => path.startsWith('/api/') },
      },
      login: token('publisher', 'write:package'),
      request: { owners: ['coulomb'] },
    });
    expect(found).toEqual(['REG322 fail']);
  });

  test('is not judged where neither the API nor an owner is there to tell', async () => {
    const [found] = await outcomes(
      {
        switches: {
          answer: { ...TRAEFIK.notFound, match: ({ path }) => path.startsWith('/api/') },
        },
        login: token('publisher', 'write:package'),
      },
      'REG322',
    );
    expect(found).toMatchObject({ status: 'skip' });
  });
});

/** Requests for a token from the third on. */
function signInsAfter(count: number): (line: { readonly path: string }) => boolean {
  let seen = 0;
  return ({ path }) => path.startsWith('/v2/token') && seen++ >= count;
}
