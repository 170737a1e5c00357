import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/temporary';
import { runCommand } from './run-command';

const folder = temporaryFolder();

/** A token as Gitea makes them, and a password that looks like nothing. */
const token = randomBytes(20).toString('hex');
const password = `Xk-${randomBytes(9).toString('base64url')}-q7`;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Everything that must not be seen of a secret. */
function forms(secret: string): string[] {
  const half = Math.floor(secret.length / 2);
  return [
    secret,
    base64(secret),
    base64(`ci:${secret}`),
    encodeURIComponent(secret),
    secret.slice(0, half),
    secret.slice(half),
  ];
}

/**
 * Manifests with the secret in every place people put one, most of them wrong in another way too.
 *
 * @param setting value of settings that are no secrets; what looks like a token stays hidden even there
 */
function manifests(secret: string, setting: string): string {
  const auth = base64(`ci:${secret}`);
  const config = JSON.stringify({
    auths: { 'https://git.example.org/v2': { username: 'ci', password: secret, auth: `${auth}x` } },
  });
  return `gitea:
  admin: { username: admin, password: ${JSON.stringify(secret)} }
  config:
    server: { ROOT_URL: "http://ci:${secret}@git.example.org:80", DOMAIN: git.example.com }
    database: { PASSWD: ${JSON.stringify(secret)}, HOST: [${JSON.stringify(secret)}] }
    security: { SECRET_KEY: ${JSON.stringify(secret)}, INTERNAL_TOKEN: { a: ${JSON.stringify(secret)} } }
    packages: { LIMIT_SIZE_GENERIC: ${JSON.stringify(setting)}, ENABLED: ${JSON.stringify(setting)} }
    "cron.cleanup_packages": { OLDER_THAN: ${JSON.stringify(setting)}, SCHEDULE: ${JSON.stringify(setting)} }
    storage: { STORAGE_TYPE: minio, MINIO_SECRET_ACCESS_KEY: ${JSON.stringify(secret)}, MINIO_ENDPOINT: "http://u:${secret}@minio:9000", SERVE_DIRECT: "true" }
postgresql: { auth: { password: ${JSON.stringify(secret)} } }
---
apiVersion: v1
kind: Secret
metadata: { name: pull, namespace: apps, annotations: { gitea-registry/token-scopes: "all", note: ${JSON.stringify(secret)} } }
type: kubernetes.io/dockerconfigjson
stringData: { .dockerconfigjson: ${JSON.stringify(config)} }
---
apiVersion: v1
kind: Secret
metadata: { name: pull2, namespace: apps }
type: Opaque
data: { .dockerconfigjson: ${base64(base64(config))}, token: ${base64(secret)} }
---
apiVersion: external-secrets.io/v1beta1
kind: ExternalSecret
metadata: { name: pull3, namespace: apps }
spec:
  target:
    template:
      type: kubernetes.io/dockerconfigjson
      data: { .dockerconfigjson: '{"auths":{"git.example.org":{"password":"${secret}"}}}' }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: mint, namespace: apps, labels: { app.kubernetes.io/part-of: gitea-registry } }
spec:
  schedule: "@daily"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: mint
              image: git.example.org/acme/Tools:1
              args: ["sh", "-c", "curl -u admin:${secret} -d '{\\"scopes\\":[\\"all\\"]}' https://git.example.org/api/v1/users/ci/tokens; gitea admin user generate-access-token --scopes all --password ${secret}"]
              env: [{ name: TOKEN, value: ${JSON.stringify(secret)} }, { name: GITEA__SECURITY__SECRET_KEY, value: ${JSON.stringify(secret)} }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gitea, namespace: git }
spec:
  template:
    spec:
      containers:
        - name: gitea
          image: docker.gitea.com/gitea:1.25.1-rootless
          env:
            - { name: GITEA__DATABASE__PASSWD, value: ${JSON.stringify(secret)} }
            - { name: GITEA__CRON__CLEANUP_PACKAGES__ENABLED, value: ${JSON.stringify(setting)} }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: gitea
  namespace: git
  annotations: { nginx.ingress.kubernetes.io/configuration-snippet: "proxy_set_header Authorization 'Basic ${auth}';", nginx.ingress.kubernetes.io/auth-url: "https://u:${secret}@sso.example.org/" }
spec:
  ingressClassName: nginx
  rules:
    - { host: git.example.org, http: { paths: [{ path: /v2, pathType: Exact, backend: { service: { name: gitea-http, port: { number: 3000 } } } }] } }
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: auth, namespace: git }
spec: { headers: { customRequestHeaders: { Authorization: "Basic ${auth}", X-Forwarded-Proto: ${JSON.stringify(setting)} } } }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: gitea, namespace: git }
spec:
  routes:
    - { kind: Rule, match: "Host(\`git.example.org\`) && PathPrefix(\`/v2\`)", middlewares: [{ name: auth }], services: [{ name: gitea-http, port: 3000 }] }
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: gitea, namespace: argocd }
spec:
  source:
    chart: gitea
    repoURL: "oci://u:${secret}@docker.gitea.com/charts"
    targetRevision: "*"
    helm: { values: "gitea: { admin: { password: '${secret}' }" }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: gitea-registry, namespace: git }
data:
  registry.json: '{"apiVersion":"gitea-registry/v1","kind":"RegistryDeclaration","host":"https://u:${secret}@x","token":"${secret}"}'
`;
}

it.each([
  ['a token', token, token],
  ['a password', password, 'nonsense'],
])('never shows %s, in no format', async (_, secret, setting) => {
  writeFileSync(join(folder(), 'all.yaml'), manifests(secret, setting));
  for (const output of ['text', 'json', 'junit', 'markdown', 'sarif']) {
    const { code, out, err } = await runCommand(
      ['check', 'all.yaml', '--output', output],
      folder(),
    );
    expect({ output, code }).toEqual({ output, code: 1 });
    const shown = forms(secret).filter((form) => `${out}${err}`.includes(form));
    const where = out.split('\n').filter((line) => shown.some((form) => line.includes(form)));
    expect({ output, where }).toEqual({ output, where: [] });
  }
});

it.each(['token: &x [', 'a: 1\na: '])(
  'never shows it in an error about broken YAML',
  async (broken) => {
    writeFileSync(join(folder(), 'broken.yaml'), `password: ${token}\n${broken}${token}\n`);
    const { code, err } = await runCommand(['check', 'broken.yaml', '--debug'], folder());
    expect(code).toBe(2);
    expect(err).not.toContain(token);
  },
);
