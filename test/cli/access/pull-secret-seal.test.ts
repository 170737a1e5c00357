import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import { secretObject } from '../../../src/cli/access/secret-object';
import { sealedSecret } from '../../../src/cli/access/sealed-secret';
import { testCertificate } from '../../../src/testing';
import { anyText } from '../../support/any-text';
import { registryJson } from '../../support/registry-json';
import type { Forge } from '../forge';
import { forge } from '../forge';
import type { Run, Surroundings } from '../run-command';
import { certificateOf, controllerKey, unseal } from './sealing';

const setup = forge();

const { publicKey, privateKey } = controllerKey();

const CERTIFICATE = certificateOf(publicKey);

const LABELS = {
  'app.kubernetes.io/part-of': 'gitea-registry',
  'app.kubernetes.io/managed-by': 'cdk8s-gitea-registry',
};

interface Sealed extends Run {
  readonly token: string;
}

/** Runs `pull-secret --seal` with a token of `ci`. */
async function run(
  at: Forge,
  argv: readonly string[] = [],
  { certificate = CERTIFICATE, ...more }: Partial<Surroundings> & { certificate?: string } = {},
): Promise<Sealed> {
  writeFileSync(join(at.folder, 'cert.pem'), certificate);
  const token = at.gitea.createToken('ci', ['read:package']);
  const env = { GITEA_REGISTRY_USER: 'ci', GITEA_REGISTRY_TOKEN: token };
  const all = ['pull-secret', '--seal', 'cert.pem', ...argv];
  return { ...(await at.run(all, { env, ...more })), token };
}

const IN_APPS = ['--namespace', 'apps'];

it('seals the docker config for its namespace and name, in the form of kubeseal', async () => {
  const at = setup();
  const { code, out, err, token } = await run(at, IN_APPS);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const place = { name: 'gitea-pull', namespace: 'apps', labels: LABELS };
  // People read it in a review: no YAML anchors.
  expect(out).not.toMatch(/[&*]/);
  const sealed = parse(out);
  expect(sealed).toEqual({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: place,
    spec: {
      encryptedData: { '.dockerconfigjson': expect.any(String) },
      template: {
        metadata: { ...place, annotations: { 'gitea-registry/token-scopes': 'read:package' } },
        type: 'kubernetes.io/dockerconfigjson',
      },
    },
  });
  const data = sealed.spec.encryptedData['.dockerconfigjson'];
  const auth = Buffer.from(`ci:${token}`).toString('base64');
  expect(JSON.parse(unseal(data, privateKey, 'apps/gitea-pull'))).toEqual({
    auths: { [at.host]: { username: 'ci', password: token, auth } },
  });
});

it.each([
  ['namespace-wide', IN_APPS, 'apps'],
  ['cluster-wide', IN_APPS, ''],
  ['cluster-wide', [], ''],
])('marks what is sealed %s with %j, and binds it to %j', async (scope, argv, label) => {
  const { out } = await run(setup(), ['--scope', scope, ...argv, '--no-check']);
  const { metadata, spec } = parse(out);
  const annotations = { [`sealedsecrets.bitnami.com/${scope}`]: 'true' };
  expect(metadata.annotations).toEqual(annotations);
  expect(spec.template.metadata).toEqual(metadata);
  expect('namespace' in metadata).toBe(argv.length > 0);
  expect(unseal(spec.encryptedData['.dockerconfigjson'], privateKey, label)).toContain('auths');
});

it('gives back any token, and shows it nowhere', () => {
  const token = anyText({ minLength: 8 });
  const property = fc.property(token, (config) => {
    const parts = { name: 'pull', namespace: 'apps', config, token: {} };
    const sealed = sealedSecret(secretObject(parts), { key: publicKey, scope: 'strict' });
    const [, data] = /"\.dockerconfigjson":"([^"]+)"/.exec(JSON.stringify(sealed))!;
    expect(unseal(data, privateKey, 'apps/pull')).toBe(config);
    expect(JSON.stringify(sealed)).not.toContain(config);
  });
  fc.assert(property, { numRuns: 20 });
});

it('is written to a terminal or a file others may read, and holds the token in no form', async () => {
  const at = setup();
  const shown = await run(at, IN_APPS, { outIsTerminal: true });
  const written = await run(at, [...IN_APPS, '-o', 'sealed.yaml', '--debug']);
  const file = join(at.folder, 'sealed.yaml');
  expect(statSync(file).mode & 0o044).toBe(0o044 & ~process.umask());
  expect(written.err).toContain('wrote sealed.yaml\n');
  expect(written.err).not.toContain('hint');
  const texts = `${shown.out}${shown.err}${written.out}${written.err}${readFileSync(file, 'utf8')}`;
  for (const { token } of [shown, written]) {
    const half = token.length / 2;
    const forms = [
      token.slice(0, half),
      token.slice(half),
      Buffer.from(`ci:${token}`).toString('base64'),
    ];
    expect(forms.filter((form) => texts.includes(form))).toEqual([]);
  }
  expect(parse(shown.out).kind).toBe('SealedSecret');
});

it('is JSON where that is asked for', async () => {
  const { out } = await run(setup(), [...IN_APPS, '--output', 'json']);
  expect(JSON.parse(out).kind).toBe('SealedSecret');
});

const ecKey = (): string => {
  const { publicKey: key } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return certificateOf(key);
};

const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const PAST = Date.UTC(2020, 5, 15, 12);

/** What stands in the file, and what is said of it. */
const REFUSED: readonly (readonly [string, () => string, RegExp])[] = [
  ['an expired certificate', () => certificateOf(publicKey, PAST), /2020-06-14 to 2020-06-16/],
  ['a key on a curve', ecKey, /key of type 'ec'.*RSA only/],
  ['a server certificate', () => testCertificate({ names: ['localhost'] }).cert, /RSA only/],
  ['a short key', () => certificateOf(controllerKey(1024).publicKey), /1024 bits/],
  ['the private key', () => privatePem, /holds a private key/],
  ['the private key beside the certificate', () => CERTIFICATE + privatePem, /holds a private key/],
  [
    'the bare public key',
    () => `${publicKey.export({ type: 'spki', format: 'pem' })}`,
    /no certif/,
  ],
  ['a damaged certificate', () => CERTIFICATE.replace(/\n..../, '\nAAAA'), /no certificate in PEM/],
  ['nothing', () => '', /no certificate in PEM/],
];

it.each(REFUSED)('refuses %s before it asks, and shows nothing of it', async (_, pem, why) => {
  const at = setup();
  const certificate = pem();
  const { code, out, err } = await run(at, IN_APPS, { certificate });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(why);
  expect(err).toContain("--seal 'cert.pem'");
  expect(err).toContain('kubeseal --fetch-cert');
  const lines = certificate.split('\n').filter((line) => /^[\w+/=]{20,}$/.test(line));
  expect(lines.filter((line) => err.includes(line))).toEqual([]);
  expect(at.gitea.requests).toEqual([]);
});

it('refuses a file that is not there', async () => {
  const { code, err } = await run(setup(), [...IN_APPS, '--seal', 'absent.pem']);
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringContaining("--seal 'absent.pem' cannot be read: ENOENT"),
  });
});

it('wants the namespace it is sealed for', async () => {
  const at = setup();
  const { code, err } = await run(at);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('give --namespace') });
  expect(at.gitea.requests).toEqual([]);
});

it('knows no scope of what is not sealed', async () => {
  const { code, err } = await setup().run(['pull-secret', '--scope', 'strict']);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('add --seal') });
});

it('is a pull secret to the rules, which miss one without it, then its name in the pod', async () => {
  const at = setup();
  const host = 'git.example.org';
  const owners = [{ kind: 'organization', name: 'coulomb', visibility: 'private' }];
  const json = JSON.stringify(registryJson({ host, sshDomain: host, owners }));
  const labels = { 'app.kubernetes.io/part-of': 'gitea-registry' };
  const metadata = { name: 'gitea-registry', namespace: 'git', labels };
  const declared = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { 'registry.json': json },
  };
  const spec = { containers: [{ name: 'main', image: `${host}/coulomb/state-hub:v1` }] };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', namespace: 'apps' }, spec };
  writeFileSync(join(at.folder, 'declared.yaml'), JSON.stringify(declared));
  writeFileSync(join(at.folder, 'pod.yaml'), JSON.stringify(pod));
  const { out } = await run(at, IN_APPS);
  writeFileSync(join(at.folder, 'sealed.yaml'), out);
  const failed = async (...files: readonly string[]): Promise<unknown> => {
    const report = await at.run(['check', ...files, '--only', 'REG54*', '--output', 'json']);
    return JSON.parse(report.out)
      .checks.filter(({ status }: { readonly status: string }) => status === 'fail')
      .map(({ code }: { readonly code: string }) => code);
  };
  expect(await failed('declared.yaml', 'pod.yaml')).toEqual(['REG540']);
  expect(await failed('declared.yaml', 'pod.yaml', 'sealed.yaml')).toEqual(['REG541']);
});
