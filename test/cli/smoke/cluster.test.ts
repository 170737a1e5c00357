import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FakeCluster } from '../../../src/testing';
import type { FakeClusterOptions, KubeObject } from '../../../src/testing';
import { ownKubectlCache, withKubectl } from '../../support/kubectl';
import { temporaryFolder } from '../../support/temporary';
import { reportErrors } from '../report/report-schema';
import type { Run, Surroundings } from '../run-command';
import { runCommand } from '../run-command';

/** The declaration the example commits: a public owner, a pull secret in `state-hub`, one verified image. */
const DECLARED = join(__dirname, '../../../dist/gitea-registry.k8s.yaml');

const IMAGE = 'gitea.coulomb.social/coulomb/state-hub:6186a99';
const ARGV = ['smoke', '--cluster', 'state-hub'];

const folder = temporaryFolder();

function declare(change: (yaml: string) => string = (yaml) => yaml): void {
  mkdirSync(join(folder(), 'dist'));
  const target = join(folder(), 'dist', 'gitea-registry.k8s.yaml');
  copyFileSync(DECLARED, target);
  writeFileSync(target, change(readFileSync(target, 'utf8')));
}

const isPrivate = (yaml: string): string =>
  yaml.replace(/"visibility": "public"/, '"visibility": "private"');

describe('the Pod of a pull test is printed', () => {
  it('for the verified image, with the declared Secret, and nothing is asked', async () => {
    declare();
    const { code, out, err } = await runCommand(ARGV, folder());
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(parse(out)).toMatchObject({
      kind: 'Pod',
      metadata: { namespace: 'state-hub' },
      spec: {
        imagePullSecrets: [{ name: 'gitea-pull' }],
        containers: [{ image: IMAGE, imagePullPolicy: 'Always' }],
      },
    });
  });

  it('without a Secret where none is declared and the owner is public', async () => {
    declare();
    const { code, out, err } = await runCommand(['smoke', '--cluster', 'other'], folder());
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(parse(out).spec).not.toHaveProperty('imagePullSecrets');
  });

  it.each<[string, object, readonly object[] | undefined]>([
    [
      'with the cluster-wide Secret that names the namespace',
      { source: 'cluster-external-secret', secretName: 'wide', namespaces: ['state-hub'] },
      [{ name: 'wide' }],
    ],
    [
      'with the one the namespace has if it has the label',
      { source: 'cluster-external-secret', secretName: 'wide', namespaceLabels: { pull: 'yes' } },
      [{ name: 'wide' }],
    ],
    [
      'without a Secret where the nodes have the credential',
      { source: 'node-registries', distribution: 'k3s' },
      undefined,
    ],
  ])('%s', async (_how, secret, named) => {
    declare((yaml) =>
      isPrivate(yaml).replace(
        /"namespace": "state-hub",\s*"secretName": "gitea-pull",\s*"source": "existing"/,
        JSON.stringify(secret).slice(1, -1),
      ),
    );
    const { code, out, err } = await runCommand(ARGV, folder());
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(parse(out).spec.imagePullSecrets).toEqual(named);
  });

  it('for any image without a declaration, with a hint that it has no Secret', async () => {
    const image = 'git.coulomb.social/team/app@sha256:' + 'a'.repeat(64);
    const { code, out, err } = await runCommand([...ARGV, '--image', image], folder());
    expect(code).toBe(0);
    expect(err).toContain("whether 'team' is public is not declared");
    expect(parse(out).spec.containers[0].image).toBe(image);
    const named = await runCommand([...ARGV, '--image', image, '--pull-secret', 'robot'], folder());
    expect(named.err).toBe('');
    expect(parse(named.out).spec.imagePullSecrets).toEqual([{ name: 'robot' }]);
  });

  it('with --apply too when it is a dry run, into a file', async () => {
    declare();
    const argv = [...ARGV, '--apply', '--dry-run', '-o', 'pod.yaml'];
    expect(await runCommand(argv, folder())).toMatchObject({ code: 0, out: '' });
    expect(parse(readFileSync(join(folder(), 'pod.yaml'), 'utf8')).kind).toBe('Pod');
  });
});

describe('wrong usage ends with 2 and says what is allowed', () => {
  it.each([
    ['a namespace', ['--cluster', 'No_Namespace'], 'must be a namespace'],
    ['an image', ['--cluster', 'a', '--image', 'state-hub:1'], "must be 'host/owner/image'"],
    ['an image without tag', ['--cluster', 'a', '--image', 'h.org/o/i'], 'needs a tag or a digest'],
    [
      'an image of another host',
      ['git.example.com', '--cluster', 'a', '--image', IMAGE],
      "is of another registry than 'git.example.com'",
    ],
    ['a Secret', ['--cluster', 'a', '--image', IMAGE, '--pull-secret', 'A'], 'must be the name'],
    ['an owner without images', ['--cluster', 'a', '--owner', 'else'], "image of owner 'else'"],
    ['a host nobody declares', ['git.example.com', '--cluster', 'a'], "'git.example.com' found"],
    ['--apply alone', ['--owner', 'coulomb', '--apply'], '--apply goes with the pull test only'],
    ['--context alone', ['--context', 'x'], '--context goes with the pull test only'],
    ['nothing', [], 'Name a user or organization with --owner'],
  ])('%s', async (_, args, told) => {
    declare();
    const { code, out, err } = await runCommand(['smoke', ...args], folder());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(told);
  });

  it('an owner who is private, and no Secret for the namespace', async () => {
    declare(isPrivate);
    const { code, err } = await runCommand(['smoke', '--cluster', 'other'], folder());
    expect(code).toBe(2);
    expect(err).toContain("no pull secret is declared for namespace 'other'");
  });

  it('no image and no declaration', async () => {
    const { code, err } = await runCommand(ARGV, folder());
    expect(code).toBe(2);
    expect(err).toContain('Name one with --image HOST/OWNER/NAME:TAG');
  });
});

withKubectl('a pull test with kubectl', () => {
  ownKubectlCache();
  let cluster: FakeCluster | undefined;
  afterEach(() => cluster?.close());

  /** What kubelet does with a Pod as soon as it is there. */
  type Kubelet = (pod: KubeObject) => KubeObject[];

  const event = (pod: KubeObject, reason: string, message: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${pod.metadata.name}.${reason}`, namespace: pod.metadata.namespace },
    involvedObject: {
      kind: 'Pod',
      name: pod.metadata.name,
      namespace: pod.metadata.namespace,
      fieldPath: 'spec.containers{pull}',
    },
    type: reason === 'Pulled' ? 'Normal' : 'Warning',
    reason,
    message,
  });

  const pulls: Kubelet = (pod) => [
    pod,
    event(pod, 'Pulled', `Successfully pulled image "${IMAGE}" in 310ms`),
  ];

  const fails =
    (text: string, ...reasons: string[]): Kubelet =>
    (pod) => [
      { ...pod, status: { phase: 'Pending' } },
      ...reasons.map((reason) => event(pod, reason, 'Unable to retrieve some image pull secrets')),
      event(pod, 'Failed', `Failed to pull image "${IMAGE}": ${text}`),
    ];

  async function start(
    kubelet: Kubelet = (pod) => [pod],
    options: Omit<FakeClusterOptions, 'objects'> = {},
  ): Promise<FakeCluster> {
    declare();
    cluster = await FakeCluster.start({ objects: [], ...options });
    const { objects } = cluster;
    objects.push = (...added) => Array.prototype.push.apply(objects, added.flatMap(kubelet));
    return cluster;
  }

  function apply(args: readonly string[] = [], more: Partial<Surroundings> = {}): Promise<Run> {
    const access = ['--apply', '--kubeconfig', cluster!.kubeconfig, '--context', 'fake'];
    const env = { LANG: 'C.UTF-8' };
    return runCommand([...ARGV, ...access, ...args], folder(), env, '', more);
  }

  const writes = (): string[] =>
    cluster!.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{8}$/, '…')}`);

  const steady = (text: string): string => text.replace(/pull-[0-9a-f]{8}/g, 'pull-…');

  const POD = '/api/v1/namespaces/state-hub/pods';
  const BOTH = [`POST ${POD}`, `DELETE ${POD}/gitea-registry-pull-…`];

  it('creates the Pod, sees the pull, and deletes the Pod', async () => {
    await start(pulls);
    const { code, out, err } = await apply();
    expect({ code, out: steady(out), err: steady(err) }).toEqual({
      code: 0,
      out: `  create ✔ pod state-hub/gitea-registry-pull-…
  pull   ✔ Successfully pulled image "${IMAGE}" in 310ms
  delete ✔ pod deleted
`,
      err: `pulling ${IMAGE} by pod state-hub/gitea-registry-pull-…\n`,
    });
    expect(writes()).toEqual(BOTH);
    expect(cluster!.objects.filter(({ kind }) => kind === 'Pod')).toEqual([]);
  });

  it('names the cause of a failed pull and ends with 1', async () => {
    const missing = 'FailedToRetrieveImagePullSecret';
    await start(fails('failed to fetch anonymous token: 401 Unauthorized', missing));
    const { code, out } = await apply();
    expect(code).toBe(1);
    expect(out).toContain("✖ Secret 'gitea-pull' is not in namespace 'state-hub'");
    expect(out).toContain('see  gitea-registry explain REG540');
    expect(writes()).toEqual(BOTH);
  });

  it('prints a report of the schema as JSON, and one failure as JUnit', async () => {
    await start(fails('x509: certificate signed by unknown authority'));
    const { out } = await apply(['--output', 'json']);
    const report = JSON.parse(out);
    expect(reportErrors(report)).toBeNull();
    expect(report).toMatchObject({
      target: { host: 'gitea.coulomb.social' },
      cause: { code: 'REG123' },
      summary: { pass: 2, fail: 1 },
    });
    expect((await apply(['--output', 'junit'])).out).toContain('tests="3" failures="1"');
  });

  it('ends with 3 when the pull is not decided in time, and deletes the Pod', async () => {
    await start();
    const { code, out } = await apply(['--timeout', '1s']);
    expect(code).toBe(3);
    expect(out).toContain('undecided: the container waits: no node has taken it up');
    expect(writes()).toEqual(BOTH);
  });

  it('ends with 3 when the cluster lets nobody create a Pod, with the right that is missing', async () => {
    await start(pulls, { forbidden: ['create pods in state-hub'] });
    const { code, out, err } = await apply();
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('does not allow the caller to create pods in namespace state-hub');
    expect(writes()).toEqual(BOTH.slice(0, 1));
  });

  it('ends with 3 when there is no such context', async () => {
    await start(pulls);
    const { code, err } = await apply(['--context', 'nowhere']);
    expect(code).toBe(3);
    expect(err).toContain('context');
    expect(cluster!.requests).toEqual([]);
  });

  it('tells a Pod it may not delete, with the command', async () => {
    await start(pulls, { forbidden: ['delete pods'] });
    const { code, out } = await apply();
    expect(code).toBe(0);
    expect(steady(out)).toContain(
      `delete it: kubectl --context=fake --kubeconfig=${cluster!.kubeconfig} delete pod gitea-registry-pull-… --namespace=state-hub`,
    );
  });

  it('deletes the Pod after Ctrl-C, too', async () => {
    const abort = new AbortController();
    await start((pod) => {
      abort.abort(new Error('interrupted'));
      return [pod];
    });
    const { out, err } = await apply([], { interrupt: abort.signal });
    expect(out).toBe('');
    expect(err).toContain('interrupted');
    expect(writes()).toEqual(BOTH);
  });

  it('tells after Ctrl-C, too, which Pod is left', async () => {
    const abort = new AbortController();
    await start(
      (pod) => {
        abort.abort(new Error('interrupted'));
        return [pod];
      },
      { forbidden: ['delete pods'] },
    );
    const { err } = await apply([], { interrupt: abort.signal });
    expect(steady(err)).toMatch(
      /warning: the pod may be left: .*; delete it: kubectl .* delete pod/,
    );
  });
});
