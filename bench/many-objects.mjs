// Writes a file of many objects as a large repository renders them: node bench/many-objects.mjs FILE [COUNT]
import { closeSync, openSync, writeSync } from 'node:fs';

const HOST = 'git.example.org';

/** Five objects of one application, about 5 KiB each. */
function objects(index) {
  const namespace = `team-${index % 40}`;
  const name = `app-${index}`;
  const labels = `{ app.kubernetes.io/name: ${name}, app.kubernetes.io/part-of: shop }`;
  const settings = Array.from(
    { length: 80 },
    (_, line) =>
      `  setting-${line}: "value ${line} of ${name}, some words that fill a line as settings do"`,
  );
  const env = Array.from(
    { length: 55 },
    (_, line) =>
      `            - name: VARIABLE_${line}\n              value: "value ${line} of ${name}, and a little more of it"`,
  );
  const rules = Array.from(
    { length: 12 },
    (_, line) => `    - host: ${name}-${line}.apps.example.org
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${name}
                port:
                  number: 8080`,
  );
  return [
    `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
  labels: ${labels}
data:
${settings.join('\n')}`,
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
  labels: ${labels}
spec:
  replicas: 2
  selector: { matchLabels: { app.kubernetes.io/name: ${name} } }
  template:
    metadata: { labels: ${labels} }
    spec:
      serviceAccountName: ${name}
      imagePullSecrets: [{ name: gitea-pull }]
      containers:
        - name: main
          image: ${HOST}/shop/${name}:${index}
          env:
${env.join('\n')}`,
    `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace}, labels: ${labels} }
spec:
  selector: { app.kubernetes.io/name: ${name} }
  ports: [{ name: http, port: 8080 }]`,
    `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: ${namespace}
  annotations: { traefik.ingress.kubernetes.io/router.tls: "true" }
spec:
  ingressClassName: traefik
  rules:
${rules.join('\n')}`,
    `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}-files, namespace: ${namespace} }
data:
  notes.txt: |
${Array.from({ length: 110 }, (_, line) => `    line ${line} of a file of ${name} that somebody mounts into a container`).join('\n')}`,
  ];
}

const GITEA = `gitea:
  config:
    server: { ROOT_URL: "https://${HOST}/", DOMAIN: ${HOST}, SSH_DOMAIN: ${HOST}, HTTP_PORT: "3000" }
`;

const [file, count = '10000'] = process.argv.slice(2);
const handle = openSync(file, 'w');
writeSync(handle, GITEA);
for (let index = 0; index < Number(count) / 5; index++) {
  writeSync(
    handle,
    objects(index)
      .map((text) => `---\n${text}\n`)
      .join(''),
  );
}
closeSync(handle);
