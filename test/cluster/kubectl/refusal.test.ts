import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kubectl } from '../../../src/cluster';
import type { ClusterError } from '../../../src/cluster';
import { readRefusal } from '../../../src/cluster/kubectl/refusal';
import { testCertificate } from '../../../src/testing/certificate';
import { environmentVariable, temporaryFolder } from '../../support/temporary';

const PODS = { words: 'list pods', verb: 'list', resource: 'pods' } as const;
const EXEC = {
  words: "run 'cat' in pod 'gitea-0'",
  verb: 'create',
  resource: 'pods/exec',
  namespace: 'default',
} as const;

/** A line of client-go's log, as kubectl 1.32 writes five before it gives up. */
const LOG =
  'E1121 16:26:25.378849   32552 memcache.go:265] "Unhandled Error" err="couldn\'t get current server API group list: x"\n';

describe('reading why kubectl gave up', () => {
  it.each([
    [
      'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
      'no-config',
    ],
    ['error: stat /nope: no such file or directory', 'no-config'],
    [
      'error: error loading config file "c4": yaml: line 1: did not find expected node content',
      'no-config',
    ],
    ['error: context "zz" does not exist', 'no-config'],
    ['Error in configuration: context was not found for specified context: zz', 'no-config'],
    [
      'error: invalid configuration: [unable to read client-cert /c for u due to open /c: no such file]',
      'no-config',
    ],
    [
      'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?',
      'unreachable',
    ],
    [
      'Unable to connect to the server: dial tcp: lookup k.invalid on 10.0.0.1:53: no such host',
      'unreachable',
    ],
    [
      'Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'unreachable',
    ],
    ["error: invalid character '<' looking for beginning of value", 'unreachable'],
    [
      'Error from server (ServiceUnavailable): the server is currently unable to handle the request',
      'unreachable',
    ],
    ['Unable to connect to the server: context deadline exceeded', 'timeout'],
    ['Unable to connect to the server: net/http: TLS handshake timeout', 'timeout'],
    ['Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout', 'timeout'],
    [
      'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
      'credential',
    ],
    [
      'Unable to connect to the server: getting credentials: exec: executable aws not found\n\nIt looks like you are',
      'credential',
    ],
    ['error: EOF', 'credential'],
    ['error: the server doesn\'t have a resource type "certificates"', 'no-kind'],
    [
      'Error from server (NotFound): Unable to list "x": the server could not find the requested resource',
      'no-kind',
    ],
    [
      'Error from server (InternalError): an error on the server ("unknown") has prevented the request',
      'failed',
    ],
  ])('%s', (text, reason) => {
    expect(readRefusal(`${text}\n`, PODS)).toMatchObject({ reason });
  });

  it.each([
    [
      'error: Internal error occurred: error executing command in container: failed to exec in container: OCI runtime exec failed: exec failed: unable to start container process: exec: "cat": executable file not found in $PATH: unknown',
      'no-shell',
    ],
    [
      'OCI runtime exec failed: exec failed: exec: "cat": stat /bin/cat: no such file or directory\ncommand terminated with exit code 126',
      'no-shell',
    ],
    [
      "cat: can't open '/data/gitea/conf/app.ini': No such file or directory\ncommand terminated with exit code 1",
      'not-found',
    ],
    ['Error from server (NotFound): pods "gitea-0" not found', 'not-found'],
    ['error: unable to upgrade connection: container not found ("gitea")', 'not-found'],
    [
      'error: cannot exec into a container in a completed pod; current phase is Succeeded',
      'not-found',
    ],
    [
      'cat: /data/gitea/conf/app.ini: Permission denied\ncommand terminated with exit code 1',
      'failed',
    ],
  ])('of exec: %s', (text, reason) => {
    expect(readRefusal(text, EXEC)).toMatchObject({ reason });
  });

  it('names the right that is missing, in a namespace and in all of them', () => {
    const text = (scope: string): string =>
      `Error from server (Forbidden): secrets is forbidden: User "ci" cannot list resource "secrets" in API group "" ${scope}\n`;
    expect(readRefusal(text('in the namespace "default"'), PODS)).toMatchObject({
      reason: 'forbidden',
      right: 'list secrets in namespace default',
    });
    expect(readRefusal(text('at the cluster scope'), PODS)).toMatchObject({
      right: 'list secrets in all namespaces',
      message: 'the cluster does not allow the caller to list secrets in all namespaces',
    });
  });

  it('names the group of a right, and guesses the right when an admission webhook forbids', () => {
    const group =
      'Error from server (Forbidden): certificates.cert-manager.io is forbidden: User "ci" cannot list resource "certificates" in API group "cert-manager.io" at the cluster scope';
    expect(readRefusal(group, PODS).right).toBe(
      'list certificates.cert-manager.io in all namespaces',
    );
    const webhook = 'Error from server (Forbidden): admission webhook "no-exec" denied the request';
    expect(readRefusal(webhook, EXEC).right).toBe('create pods/exec in namespace default');
  });

  it('takes a server without any API for none, not for one without the kind', () => {
    const text = 'Error from server (NotFound): the server could not find the requested resource';
    expect(readRefusal(`${LOG.repeat(5)}${text}`, PODS).reason).toBe('unreachable');
  });

  it('leaves out the log of the client and what explains in general', () => {
    const multiline = 'E1121 16:26:26.1 1 memcache.go:265] "Unhandled Error" err=<\n\ta\n\tb\n >\n';
    const error = readRefusal(`${LOG}${multiline}${LOG}error: it broke\n\nlearn more`, PODS);
    expect(error.message).toBe("kubectl could not list pods: 'error: it broke'");
  });

  it('hides credentials and control characters in what kubectl says', () => {
    const text = 'error: plugin: https://u:hunter22@h/ \u001b[31mBearer abcdefghijklmnopqrstuvwxyz';
    const { message } = readRefusal(text, PODS);
    expect(message).not.toMatch(/hunter22|abcdefghij/);
    expect(message).not.toContain('\u001b');
  });

  it('says so when kubectl says nothing', () => {
    expect(readRefusal(LOG, PODS).message).toBe('kubectl could not list pods: it did not say why');
  });
});

describe('the real kubectl', () => {
  const folder = temporaryFolder();
  const setKubeconfig = environmentVariable('KUBECONFIG');
  const setCache = environmentVariable('KUBECACHEDIR');

  /** A kubeconfig for a server, with a context `here`. */
  function kubeconfig(server: string, user: object = { token: 'hunter2hunter2' }): string {
    const file = join(folder(), 'config');
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'here', cluster: { server } }],
      users: [{ name: 'me', user }],
      contexts: [{ name: 'here', context: { cluster: 'here', user: 'me' } }],
      'current-context': 'here',
    };
    writeFileSync(file, JSON.stringify(config));
    return file;
  }

  const refused = async (options: {
    kubeconfig: string;
    context?: string;
  }): Promise<ClusterError> => {
    setCache(join(folder(), 'cache'));
    setKubeconfig(join(folder(), 'none'));
    return new Kubectl(options)
      .list('pods', undefined, () => 1)
      .then(
        () => Promise.reject(new Error('it was not refused')),
        (error: ClusterError) => error,
      );
  };

  it('without the file it was given', async () => {
    const error = await refused({ kubeconfig: join(folder(), 'gone') });
    expect(error.reason).toBe('no-config');
    expect(error.message).toContain('name a kubeconfig');
  });

  it('with a context nobody knows', async () => {
    const options = { kubeconfig: kubeconfig('https://127.0.0.1:1'), context: 'elsewhere' };
    expect(await refused(options)).toMatchObject({ reason: 'no-config' });
  });

  it('at a port where nothing listens', async () => {
    expect(await refused({ kubeconfig: kubeconfig('https://127.0.0.1:1') })).toMatchObject({
      reason: 'unreachable',
    });
  });

  it('with a credential plugin that is not there', async () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'no-such-plugin',
      interactiveMode: 'Never',
    };
    const error = await refused({ kubeconfig: kubeconfig('https://127.0.0.1:1', { exec }) });
    expect(error.reason).toBe('credential');
    expect(error.message).toContain('no-such-plugin not found');
  });

  it('with a certificate of an authority it does not know', async () => {
    const { key, cert } = testCertificate({ names: ['127.0.0.1'] });
    const server = createServer({ key, cert }, (_, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const error = await refused({ kubeconfig: kubeconfig(`https://127.0.0.1:${port}`) });
    server.close();
    expect(error.reason).toBe('unreachable');
    expect(error.message).toContain('certificate');
  });
});
