import fc from 'fast-check';
import type { Answered } from '../../../../src/doctor/ask';
import { realmIn } from '../../../../src/doctor/observe/realm';
import type { RequestLine } from '../../../../src/testing';
import { anyText } from '../../../support/any-text';
import type { Arrangement } from '../../scenarios/world';
import { HOST, startWorld } from '../../scenarios/world';
import { diagnosed, faults, probed, saidOf } from '../probed';

const isPing = ({ path }: RequestLine): boolean => path === '/v2/';

const world = (arrangement: Arrangement) => diagnosed(startWorld(arrangement));

/** A proxy that writes the realm anew. */
const realmOf = (realm: string) =>
  ({
    responseHeaders: {
      strip: ['Www-Authenticate'],
      add: [['Www-Authenticate', `Bearer realm="${realm}",service="container_registry",scope="*"`]],
      match: isPing,
    },
  }) as const;

/** An answer with one challenge. */
const challenged = (challenge: string): Answered =>
  ({ status: 401, rawHeaders: ['WWW-Authenticate', challenge] }) as unknown as Answered;

describe('the realm', () => {
  it('may hold anything', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(() => realmIn(challenged(`Bearer realm="${text}"`))).not.toThrow();
        expect(() => realmIn(challenged(`Bearer realm=${text}`))).not.toThrow();
      }),
    );
  });

  it('loses user and password of its URL', () => {
    const seen = realmIn(challenged('Bearer realm="https://user:secret@git.example.org/v2/token"'));
    expect(seen?.url?.href).toBe('https://git.example.org/v2/token');
  });

  it('is well on the host of the path', async () => {
    const diagnosis = await world({});
    expect(saidOf(diagnosis, 'REG240')[0]).toMatchObject({
      status: 'pass',
      observed: `'https://${HOST}/v2/token'`,
    });
    expect(saidOf(diagnosis, 'REG241')[0]).toMatchObject({ status: 'pass', observed: `'${HOST}'` });
    expect(saidOf(diagnosis, 'REG212')[0]).toMatchObject({ status: 'pass', observed: '/v2/token' });
  });

  it('is that of ROOT_URL on a direct path, which is expected', async () => {
    const diagnosis = await world({});
    expect(saidOf(diagnosis, 'REG241', 'service')[0]).toMatchObject({
      status: 'pass',
      note: expect.stringContaining('as expected'),
    });
  });

  it('says which proxy to mend by asking past it', async () => {
    const behind = await world({ switches: { forwardedProto: { value: 'http' } } });
    expect(saidOf(behind, 'REG240')[0]?.fix?.text).toContain('trustedIPs');
    const forgejo = await world({
      forge: { release: 'forgejo-11.0.2', rootUrl: `http://${HOST}/` },
    });
    expect(saidOf(forgejo, 'REG240')[0]?.fix?.text).toContain(`ROOT_URL: https://${HOST}/`);
  });

  it('of a Forgejo tells its ROOT_URL (REG611)', async () => {
    const diagnosis = await world({
      forge: { release: 'forgejo-11.0.2', rootUrl: 'https://forge.example.test/' },
    });
    expect(faults(diagnosis)).toEqual(['REG241 fail', 'REG611 fail']);
    expect(saidOf(diagnosis, 'REG611')[0]).toMatchObject({
      observed: "ROOT_URL is 'https://forge.example.test/'",
      expected: `'https://${HOST}/'`,
    });
    expect(saidOf(await world({}), 'REG611')).toEqual([]);
  });

  it('may be on another host that is allowed', async () => {
    const allowed = { options: { allowedRealms: ['auth.example.test'] } };
    const switches = realmOf('https://auth.example.test/v2/token');
    expect(faults(await world({ switches, ...allowed }))).toEqual([]);
    expect(faults(await world({ switches }))).toEqual(['REG241 fail']);
  });

  it('may be on the declared host of the web pages, over https', async () => {
    const declared = { owners: [], uiHost: 'auth.example.test' };
    const realmAt = async (realm: string) =>
      saidOf(await world({ switches: realmOf(realm), declared }), 'REG241')[0];
    expect(await realmAt('https://auth.example.test/v2/token')).toMatchObject({
      status: 'pass',
      note: expect.stringContaining('declared to serve the token'),
    });
    expect(await realmAt('https://other.example.test/v2/token')).toMatchObject({ status: 'fail' });
  });

  it('shows a port that got lost', async () => {
    const diagnosis = await world({ switches: realmOf(`https://${HOST}:8443/v2/token`) });
    expect(saidOf(diagnosis, 'REG241')[0]?.observed).toContain('with another port');
  });

  it('may keep the path of ROOT_URL where that answers', async () => {
    const forge = { release: 'forgejo-11.0.2', rootUrl: `https://${HOST}/git/` };
    const lost = await world({ forge });
    expect(faults(lost)).toEqual(['REG212 fail']);
    const routed = await world({
      forge,
      intercept: ({ url }) =>
        url?.startsWith('/git/v2/token')
          ? {
              status: 200,
              headers: [['Content-Type', 'application/json']],
              body: '{"token":"a.b.c"}',
            }
          : undefined,
    });
    expect(faults(routed)).toEqual([]);
    expect(saidOf(routed, 'REG212')[0]?.note).toContain('answers');
  });

  it('has no double slash', async () => {
    const diagnosis = await world({ switches: realmOf(`https://${HOST}//v2/token`) });
    expect(faults(diagnosis)).toEqual(['REG212 warn']);
  });

  it('never gets a credential to compare it', async () => {
    const set = await startWorld({
      login: (gitea) => ({ user: 'ci', secret: gitea.createToken('ci', ['write:package']) }),
      switches: realmOf('https://evil.example.test/v2/token'),
    });
    const sent: string[] = [];
    await probed(set.request, {
      ...set.options,
      record: (entry) => sent.push(JSON.stringify(entry)),
    });
    await set.close();
    const there = sent.filter((entry) => entry.includes('evil.example.test'));
    expect(there.length).toBeGreaterThan(0);
    expect(there.join('\n')).not.toMatch(/authorization/i);
  });
});
