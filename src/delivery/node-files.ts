import type { RegistryDeclaration } from '../declaration/model';
import { generatedHeader } from './generated-header';
import { valuesText } from './values-text';

/** What nodes must know of the registry. */
export interface NodeKnowledge {
  /** Certificates of a private CA, as a path on the node. */
  readonly caFile?: string;
  /** `host[:port]` nodes ask first. */
  readonly endpoint?: string;
}

/** Path below the folder of side files, and text. */
interface NodeFile {
  readonly path: string;
  readonly text: string;
}

/**
 * `hosts.toml` of containerd ("Registry Configuration", docs/hosts.md). containerd asks each `[host]`, then the server;
 * a host other than the server may be asked for what a pull needs only.
 */
export function containerdHosts(
  declaration: RegistryDeclaration,
  { caFile, endpoint }: NodeKnowledge,
): NodeFile {
  const { host, release } = declaration;
  const folder = containerdFolder(host);
  const ca = caFile === undefined ? [] : [`ca = ${JSON.stringify(caFile)}`];
  const lines = [
    `server = "https://${host}"`,
    ...ca,
    ...(endpoint === undefined
      ? []
      : [
          '',
          `[host."https://${endpoint}"]`,
          ...['capabilities = ["pull", "resolve"]', ...ca].map((line) => `  ${line}`),
        ]),
  ];
  const head = generatedHeader(declaration, 'hosts.toml of containerd', [
    `Whoever manages the nodes installs it on each, as /etc/containerd/certs.d/${folder}/hosts.toml, where the`,
    '`config_path` of containerd is /etc/containerd/certs.d. It needs no restart. K3s and RKE2 write these files',
    'themselves: give those nodes a registries.yaml.',
    ...caNote(caFile),
  ]);
  return {
    path: `nodes/${release.name}/certs.d/${folder}/hosts.toml`,
    text: `${head}${lines.join('\n')}\n`,
  };
}

/** containerd looks for `host_8443_` before `host:8443` (`hostPaths`), and not every system has a `:` in file names. */
function containerdFolder(host: string): string {
  return host.replace(/:(\d+)$/, '_$1_');
}

/** `registries.yaml` of K3s and RKE2 ("Private Registry Configuration"). */
export function nodeRegistries(
  declaration: RegistryDeclaration,
  { caFile, endpoint }: NodeKnowledge,
  distribution: 'k3s' | 'rke2',
): NodeFile {
  const { host, release } = declaration;
  const asked = endpoint === undefined ? [host] : [endpoint, host];
  const values = {
    mirrors: { [host]: { endpoint: asked.map((name) => `https://${name}`) } },
    ...(caFile !== undefined && {
      configs: Object.fromEntries(asked.map((name) => [name, { tls: { ca_file: caFile } }])),
    }),
  };
  const service = distribution === 'rke2' ? 'rke2-server or rke2-agent' : 'k3s or k3s-agent';
  const head = generatedHeader(declaration, 'registries.yaml of the nodes', [
    `Whoever manages the nodes merges it on each into /etc/rancher/${distribution}/registries.yaml, which is one file for`,
    `all registries, and restarts ${service}.`,
    ...caNote(caFile),
  ]);
  return {
    path: `nodes/${release.name}/${distribution}-registries.yaml`,
    text: `${head}${valuesText(values)}\n`,
  };
}

function caNote(caFile: string | undefined): string[] {
  return caFile === undefined
    ? []
    : [`${caFile} must be there before: the certificates of the CA in PEM, and no key.`];
}
