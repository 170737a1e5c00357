import type { Cursor } from '../cursor';
import { containersOf } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';

/** REG120: clients speak https to every registry, but for those each of them is told otherwise. */
export const speaksTls: Rule = {
  code: 'REG120',
  slug: 'speaks-tls',
  title: 'the registry port speaks TLS',
  severity: 'error',
  why: 'docker and containerd ask every registry by https unless each machine is told otherwise, so a registry served by http works for whoever configured it and for nobody else',
  shows: [
    'docker: `http: server gave HTTP response to HTTPS client`',
    'kubelet: the same text in the events of the pod',
  ],
  fix: 'serve the host by https; where that cannot be, `hosts.toml` of containerd, `insecure-registries` of docker and `http = true` of BuildKit on every machine',
  links: [
    'https://distribution.github.io/distribution/about/insecure/',
    'https://github.com/containerd/containerd/blob/main/docs/hosts.md',
  ],
  judgeRegistry: (registry) => [...plainFiles(registry), ...insecureClients(registry)],
};

/** Files of the container runtime, by the end of the key that holds one. */
const RUNTIME_FILE = /(^|[._-])(hosts\.toml|registries\.ya?ml)$/;

/** Files that make the nodes ask the host by http. */
function plainFiles({ estate, host }: RegistryView): Violation[] {
  return estate
    .ofKind('ConfigMap')
    .flatMap(({ root }) => root.get('data').entries())
    .filter(([key, { text }]) => RUNTIME_FILE.test(key) && asksPlainly(text ?? '', host))
    .map(([, at]) => ({
      at,
      observed: `nodes are told to ask http://${host}`,
      expected: `https://${host}`,
      why: 'the token of every pull crosses the network in clear text, and whoever has not this file asks by https and fails',
      fix: `serve the host by https, and write https://${host}, with the CA of the certificate where it is a private one`,
    }));
}

/** Whether a line that is no comment names the host with the scheme http, quoted or at its end. */
function asksPlainly(text: string, host: string | undefined): boolean {
  return (
    host !== undefined &&
    text
      .split('\n')
      .filter((line) => !line.trimStart().startsWith('#'))
      .flatMap((line) => line.split(/["'\s,[\]]/))
      .some((word) => word === `http://${host}` || word.startsWith(`http://${host}/`))
  );
}

/** Flag of dockerd, kaniko and podman wrappers: what follows is asked without verification, and by http at last. */
const FLAG = '--insecure-registry';

/** Containers that treat the host as a registry without TLS. */
function insecureClients({ estate, host }: RegistryView): Violation[] {
  return estate.workloads
    .flatMap(({ pod }) => containersOf(pod))
    .flatMap((container) => [...container.get('command').items(), ...container.get('args').items()])
    .filter((argument) => host !== undefined && namesInsecure(argument, host))
    .map((at): Violation => ({
      at,
      severity: 'warning',
      observed: `\`${FLAG}\` names the registry host`,
      expected: 'a client that verifies the certificate',
      why: 'docker then takes any certificate of the host, and plain http where TLS fails: a token can be read on the way',
      fix: `leave the flag out; for a private CA put its certificate into \`/etc/docker/certs.d/${host}/ca.crt\``,
    }));
}

/** `--insecure-registry=HOST`, also among words of a shell command, or the argument after the flag. */
function namesInsecure(argument: Cursor, host: string): boolean {
  const words = (argument.text ?? '').split(/[\s="']+/);
  const before = typeof argument.step === 'number' && argument.step > 0;
  const previous = before ? argument.outer?.get(Number(argument.step) - 1).text : undefined;
  return (
    words.some((word, index) => word === FLAG && words[index + 1] === host) ||
    (previous === FLAG && argument.text === host)
  );
}
