import fc from 'fast-check';
import { Estate } from '../../../src/rules/estate';
import { describeFinding } from '../../../src/rules/finding';
import { judge } from '../../../src/rules/judge';
import { asManifest, asValues } from '../../../src/rules/manifest';
import { OBJECT_RULES } from '../../../src/rules/objects';
import { registryJson } from '../../support/registry-json';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A credential in every place the rules look at, right and wrong. */
function objectsWith(token: string): object[] {
  const configs = [
    { auths: { 'git.example.org': { username: 'ci', password: `${token}\n` } } },
    { auths: { 'https://git.example.org/v2': { auth: token } } },
    { auths: { [`https://ci:${token}@git.example.org/v2`]: { auth: base64(`${token}`) } } },
    { auths: { [`ci:${token}@git.example.org:443`]: token } },
    {
      auths: { 'git.example.org': { username: token, password: 'a', auth: base64(`b:${token}`) } },
    },
    { 'git.example.org': { auth: token } },
    token,
  ].map((config) => JSON.stringify(config));
  const pull = (field: string) => (text: string, index: number) => ({
    kind: 'Secret',
    metadata: { name: 'pull', namespace: `${field.toLowerCase()}-${index}` },
    [field]: { '.dockerconfigjson': field === 'data' ? base64(text) : text, [`${index}`]: token },
  });
  const synced = configs.map((text, index) => ({
    apiVersion: 'external-secrets.io/v1beta1',
    kind: 'ExternalSecret',
    metadata: { name: 'pull', namespace: `synced-${index}` },
    spec: { target: { template: { data: { '.dockerconfigjson': text } } } },
  }));
  const pods = ['data-0', 'stringdata-1', 'synced-2', 'none'].map((namespace) => ({
    kind: 'Pod',
    metadata: { name: 'api', namespace, annotations: { note: token } },
    spec: {
      imagePullSecrets: [{ name: 'pull' }],
      containers: [{ image: 'git.example.org/shop/api:1', env: [{ name: 'TOKEN', value: token }] }],
    },
  }));
  const forge = {
    kind: 'Deployment',
    metadata: { name: 'gitea', namespace: 'git', annotations: { note: `token: ${token}` } },
    spec: {
      template: {
        spec: {
          containers: [
            {
              image: 'docker.gitea.com/gitea:1.25.4',
              env: [
                { name: 'TOKEN', value: token },
                { name: 'GITEA__DATABASE__PASSWD', value: token },
                { name: 'URL', value: `https://me:${token}@example.org` },
              ],
            },
          ],
        },
      },
    },
  };
  return [
    ...configs.map(pull('data')),
    ...configs.map(pull('stringData')),
    ...synced,
    ...pods,
    forge,
  ];
}

const valuesWith = (token: string): object => ({
  gitea: {
    admin: { password: token },
    oauth: [{ secret: token }],
    config: { database: { PASSWD: token }, cache: { HOST: `redis://:${token}@redis:6379/0` } },
  },
  postgresql: { auth: { password: token } },
  deployment: { env: [{ name: 'TOKEN', value: token }] },
});

const declaration = registryJson({
  kind: 'RegistryDeclaration',
  pullSecrets: ['data', 'stringdata', 'synced'].flatMap((field) =>
    Array.from({ length: 7 }, (_, index) => ({
      id: `${field}${index}`,
      namespace: `${field}-${index}`,
      secretName: 'pull',
      source: 'existing',
    })),
  ),
});

test('no finding shows a credential, whole, encoded or by halves', () => {
  const arbitraryToken = fc.stringMatching(/^[A-Za-z0-9]{24,40}$/);
  fc.assert(
    fc.property(arbitraryToken, (token) => {
      const manifests = [declaration, ...objectsWith(token)].map((object) =>
        asManifest(object, {}),
      );
      const estate = new Estate([
        ...manifests,
        asValues(valuesWith(token), { file: 'values.yaml' }),
      ]);
      const { findings } = judge(estate, OBJECT_RULES);
      const codes = findings.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(['REG542', 'REG543', 'REG544', 'REG545']));
      expect(findings.length).toBeGreaterThan(30);
      const text = findings.map(describeFinding).join('\n');
      const half = token.slice(0, token.length / 2);
      for (const secret of [token, base64(token), half, token.slice(half.length)]) {
        expect(text.includes(secret)).toBe(false);
      }
    }),
    { numRuns: 20 },
  );
});
