import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Result } from '../../../../src/doctor/diagnosis';
import { P2A } from '../../../../src/doctor/cluster/certificates';
import { diagnoseCluster } from '../found';
import { added, coulombBut, edited, without } from '../table/edit';
import type { FoundCluster } from '../table/scenario';

async function resultsOf(find: () => FoundCluster): Promise<readonly Result[]> {
  return (await diagnoseCluster(find(), P2A)).results;
}

async function resultOf(code: string, find: () => FoundCluster): Promise<Result | undefined> {
  return (await resultsOf(find)).find((result) => result.code === code);
}

/** A request for the certificate of the host, as young as told. */
const request = (made: string, status: object): ReturnType<typeof added> =>
  added({
    apiVersion: 'cert-manager.io/v1',
    kind: 'CertificateRequest',
    metadata: {
      name: `gitea-tls-${made.length}`,
      namespace: 'default',
      creationTimestamp: made,
      ownerReferences: [
        { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', name: 'gitea-tls' },
      ],
    },
    spec: { issuerRef: { name: 'letsencrypt-prod', kind: 'ClusterIssuer' } },
    status,
  });

const waits = { conditions: [{ type: 'Ready', status: 'False', reason: 'Pending' }] };
const failed = {
  conditions: [
    { type: 'Ready', status: 'False', reason: 'Failed', message: 'The CSR was refused' },
  ],
};

const notReady = edited('Certificate', 'default/gitea-tls', (certificate) => {
  certificate.status = { conditions: [{ type: 'Ready', status: 'False', reason: 'DoesNotExist' }] };
});

describe('a certificate', () => {
  it('that was asked for a moment ago is on its way', async () => {
    const find = coulombBut(notReady, request('2025-11-20T11:58:00Z', waits));

    expect(await resultOf('REG552', find)).toMatchObject({ status: 'warn' });
  });

  it('that has been waited for since yesterday is not', async () => {
    const find = coulombBut(notReady, request('2025-11-19T11:58:00Z', waits));

    expect(await resultOf('REG552', find)).toMatchObject({ status: 'fail' });
  });

  it('that works and cannot be renewed is warned of, in the words of the request', async () => {
    const find = coulombBut(request('2025-11-19T11:58:00Z', failed));

    expect(await resultOf('REG552', find)).toMatchObject({
      status: 'warn',
      observed: expect.stringContaining('The CSR was refused') as string,
    });
  });

  it('that works while a new one is on its way is fine', async () => {
    const find = coulombBut(request('2025-11-20T11:58:00Z', waits));

    expect(await resultOf('REG552', find)).toMatchObject({ status: 'pass' });
  });

  it('that once failed and was then given is fine', async () => {
    const find = coulombBut(
      request('2025-11-01T00:00:00Z', failed),
      request('2025-11-02T00:00:00.000Z', { conditions: [{ type: 'Ready', status: 'True' }] }),
    );

    expect(await resultOf('REG552', find)).toMatchObject({ status: 'pass' });
  });

  it('whose request the approver denied says so', async () => {
    const denied = {
      conditions: [
        { type: 'Ready', status: 'False', reason: 'Denied' },
        { type: 'Denied', status: 'True', reason: 'policy', message: 'no policy approved it' },
      ],
    };
    const find = coulombBut(notReady, request('2025-11-20T11:58:00Z', denied));

    expect(await resultOf('REG552', find)).toMatchObject({
      status: 'fail',
      observed: expect.stringContaining('no policy approved it') as string,
    });
  });

  it('whose challenge waits says what this machine gets in the place of the authority', async () => {
    const asked: string[] = [];
    const server = createServer((message, answer) => {
      asked.push(`${message.url}`);
      answer.writeHead(404).end('404 page not found\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const owned = (kind: string, name: string): object[] => [{ kind, name }];
    const find = coulombBut(
      notReady,
      request('2025-11-19T11:58:00Z', waits),
      added(
        {
          apiVersion: 'acme.cert-manager.io/v1',
          kind: 'Order',
          metadata: {
            name: 'order',
            namespace: 'default',
            ownerReferences: owned('CertificateRequest', 'gitea-tls-20'),
          },
          spec: {},
          status: { state: 'pending' },
        },
        {
          apiVersion: 'acme.cert-manager.io/v1',
          kind: 'Challenge',
          metadata: {
            name: 'challenge',
            namespace: 'default',
            ownerReferences: owned('Order', 'order'),
          },
          spec: { type: 'HTTP-01', dnsName: `127.0.0.1:${port}`, token: 'abc-123' },
          status: { state: 'pending', reason: 'Waiting for HTTP-01 challenge propagation' },
        },
      ),
    );
    const result = await resultOf('REG552', find);
    server.close();

    expect(asked).toEqual(['/.well-known/acme-challenge/abc-123']);
    expect(result?.note).toMatch(/^asked from here, http:.* gives HTTP 404$/);
  });

  it('whose issuer does not exist waits for it', async () => {
    const find = coulombBut(notReady, without('ClusterIssuer', 'letsencrypt-prod'));

    expect((await resultOf('REG552', find))?.observed).toBe(
      "Certificate default/gitea-tls: ClusterIssuer 'letsencrypt-prod' does not exist",
    );
  });

  it('that is declared and was never applied is missed', async () => {
    const find = coulombBut(without('Certificate', 'default/gitea-tls'));

    expect(await resultOf('REG551', find)).toMatchObject({
      status: 'fail',
      observed: "no Certificate writes secret 'gitea-tls'",
    });
  });

  it('is not missed where nobody may list certificates', async () => {
    const find = (): FoundCluster => ({ ...coulombBut()(), forbidden: ['list certificates'] });
    const results = await resultsOf(find);

    expect(results.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(results.find(({ code }) => code === 'REG552')).toMatchObject({
      status: 'skip',
      note: "needs the right 'list certificates.cert-manager.io in namespace default'",
    });
  });
});
