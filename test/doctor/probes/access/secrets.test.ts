import { FaultProxy, testCertificate } from '../../../../src/testing';
import { diagnose } from '../../../../src/doctor/run';
import { ACCESS_PROBES } from '../../../../src/doctor/probes/access';
import { proxiedForge } from '../../../client/oci/forge-clients';
import { authorized, diagnosed, token } from './bench';

const SECRET = 'a3'.repeat(20);
const PASSWORD = 'quite a long password';

describe('no outcome shows a credential', () => {
  test.each(['1.25.4', 'forgejo-11.0.2'])('of a run with everything, on %s', async (release) => {
    const { forge, diagnosis } = await diagnosed({
      forge: { release },
      login: token('root', 'all'),
      pullLogin: token('reader', 'all'),
      owners: { coulomb: 'private', mosaic: 'public' },
    });
    const said = JSON.stringify(diagnosis);
    const tokens = forge.gitea.state.owners.flatMap(({ account }) => account?.tokens ?? []);
    expect(tokens.filter(({ secret }) => said.includes(secret))).toEqual([]);
    expect(said).not.toMatch(/eyJ|Basic |Bearer /);
  });

  test.each([401, 403, 418, 500, 502])('that a server sends back with %d', async (status) => {
    const shown = [SECRET, PASSWORD, Buffer.from(`ci:${PASSWORD}`).toString('base64')];
    const { diagnosis } = await diagnosed({
      login: ({ proxy }) => ({ origin: proxy.url, user: 'ci', secret: PASSWORD }),
      switches: {
        answer: {
          status,
          headers: [['Content-Type', 'text/plain']],
          body: shown.join(' '),
          match: afterFirst(2, '/v2/token'),
        },
      },
    });
    const said = JSON.stringify(diagnosis);
    expect(shown.filter((text) => said.includes(text))).toEqual([]);
    expect(diagnosis.cause?.code).toMatch(/^REG312|^REG217/);
  });
});

describe('a credential goes', () => {
  test('to no realm on another origin', async () => {
    const elsewhere = await proxiedForge();
    const { forge, diagnosis } = await diagnosed({
      forge: { publicUrlDetection: 'never' },
      content: (gitea) => gitea.configure({ rootUrl: `${elsewhere.proxy.url}/` }),
      login: token('publisher', 'write:package'),
    });
    expect(elsewhere.proxy.requests).toEqual([]);
    expect(authorized(forge, 'Basic')).toContain('GET /v2/token');
    expect(diagnosis.results.find(({ code }) => code === 'REG312')?.status).toBe('pass');
  });

  test('to a realm on another origin that is allowed', async () => {
    const forge = await proxiedForge({ publicUrlDetection: 'never' });
    forge.gitea.configure({ rootUrl: `${forge.gitea.url}/` });
    const origin = new URL(forge.proxy.url);
    const credential = token('publisher', 'write:package')(forge);
    const { results } = await diagnose(
      { host: origin.host, paths: [{ name: 'ingress', origin, credential }] },
      { dial: { proxyFor: () => '' }, allowedRealms: [new URL(forge.gitea.url).host] },
      ACCESS_PROBES,
    );
    expect(authorized(forge, 'Basic')).toEqual(['GET /api/v1/user']);
    expect(results.find(({ code }) => code === 'REG312')?.status).toBe('pass');
  });

  test('to /v2/token of the host where its realm is not served', async () => {
    const { forge, diagnosis } = await diagnosed({
      forge: { release: 'forgejo-11.0.2' },
      content: (gitea) => gitea.configure({ rootUrl: `${gitea.url}/git/` }),
      login: token('publisher', 'write:package'),
    });
    expect(authorized(forge, 'Basic')).toContain('GET /v2/token');
    expect(diagnosis.results.find(({ code }) => code === 'REG312')?.status).toBe('pass');
  });

  test('over no connection whose certificate is not trusted, and anonymous questions do', async () => {
    const forge = await proxiedForge();
    const { key, cert } = testCertificate({ names: ['127.0.0.1'] });
    const proxy = await FaultProxy.start(forge.gitea.url, { tls: { key, cert } });
    try {
      const origin = new URL(proxy.url);
      const credential = { ...token('publisher', 'write:package')(forge), origin: origin.origin };
      const { results } = await diagnose(
        {
          host: origin.host,
          paths: [{ name: 'ingress', origin, credential }],
          pullCredential: credential,
          owners: ['coulomb'],
        },
        { dial: { proxyFor: () => '' } },
        ACCESS_PROBES,
      );
      const secret = Buffer.from(`publisher:${credential.secret}`).toString('base64');
      expect(JSON.stringify(proxy.requests)).not.toContain(secret);
      expect(results.map(({ code, status }) => `${code} ${status}`).slice(0, 3)).toEqual([
        'REG310 pass',
        'REG311 pass',
        'REG312 skip',
      ]);
    } finally {
      await proxy.close();
    }
  });
});

/** All but the first so many requests of a path. */
function afterFirst(count: number, path: string): (line: { readonly path: string }) => boolean {
  let seen = 0;
  return (line) => line.path.startsWith(path) && seen++ >= count;
}
