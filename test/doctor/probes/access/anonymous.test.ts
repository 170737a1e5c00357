import { TRAEFIK } from '../../../../src/testing';
import type { Switches } from '../../../../src/testing';
import { faults, outcomes, token } from './bench';

const PUBLIC = { coulomb: 'public' } as const;

/** The header of an account, put on every request. */
const SIGNED_BY_PROXY: Switches = {
  requestHeaders: {
    strip: ['Authorization'],
    add: [['Authorization', `Basic ${Buffer.from('root:root-password').toString('base64')}`]],
  },
};

const TOKEN_ONLY = { match: ({ path }: { readonly path: string }) => path.startsWith('/v2/token') };

describe('reading without an account (P6)', () => {
  test('is allowed where nobody gets a token', async () => {
    expect(await outcomes({}, 'REG310')).toMatchObject([{ status: 'pass', step: 'P6' }]);
  });

  test('is no fault where it is refused and nothing is declared public', async () => {
    const found = await outcomes({ forge: { requireSignIn: true } }, 'REG310');
    expect(found).toMatchObject([{ status: 'pass', observed: 'sign-in is required to read' }]);
  });

  test.each(['1.25.4', '1.26.1', 'forgejo-11.0.2'])(
    'contradicts a public owner where sign-in is required, on %s',
    async (release) => {
      const found = await outcomes(
        { forge: { release, requireSignIn: true }, owners: PUBLIC },
        'REG310',
      );
      expect(found).toMatchObject([{ status: 'warn', step: 'P6' }]);
      expect(found[0].observed).toContain("'coulomb'");
    },
  );

  test('shows a proxy that signs everybody in', async () => {
    const [found] = await outcomes(
      { switches: { requestHeaders: { ...SIGNED_BY_PROXY.requestHeaders!, ...TOKEN_ONLY } } },
      'REG311',
    );
    expect(found).toMatchObject({ status: 'fail', step: 'P6' });
    expect(found.observed).toContain('a token of an account, for a request without credentials');
  });

  test('is not judged where something else answers for the realm', async () => {
    const answer = { ...TRAEFIK.badGateway, ...TOKEN_ONLY };
    const found = await outcomes({ switches: { answer } }, 'REG310', 'REG311', 'REG312');
    expect(found.map(({ code, status, note }) => [code, status, note])).toEqual([
      ['REG310', 'skip', 'a token, or the word that sign-in is required: 502 by Traefik'],
      ['REG311', 'skip', 'an answer of the registry to a sign-in: 502 by Traefik'],
      ['REG312', 'skip', 'waits for REG311'],
    ]);
  });
});

describe('the Authorization header (P7)', () => {
  test.each(['1.22.0', '1.25.4', 'forgejo-11.0.2'])(
    'arrives where a wrong password is refused, on %s',
    async (release) => {
      const found = await outcomes({ forge: { release } }, 'REG311');
      expect(found).toMatchObject([{ status: 'pass', step: 'P7' }]);
    },
  );

  test.each([false, true])('is lost on the way, sign-in required: %s', async (requireSignIn) => {
    const [found] = await outcomes(
      {
        forge: { requireSignIn },
        switches: { requestHeaders: { strip: ['Authorization'] } },
        login: token('publisher', 'write:package'),
      },
      'REG311',
    );
    expect(found).toMatchObject({ status: 'fail', step: 'P7' });
  });

  test('is not the one of the client', async () => {
    const found = await outcomes({ switches: SIGNED_BY_PROXY }, 'REG311');
    const ofStep = found.find(({ step }) => step === 'P7');
    expect(ofStep?.observed).toBe('200 and a token of an account, for a wrong password');
  });

  test('is stopped by a rate limit', async () => {
    const limited = await faults({
      switches: { answer: { ...TRAEFIK.tooManyRequests(5), ...TOKEN_ONLY } },
    });
    expect(limited).toEqual(['REG218 fail']);
  });
});
