import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Duration } from 'cdk8s';
import type { NodeFilesProps } from 'cdk8s-gitea-registry';
import {
  ForgeRelease,
  GiteaRegistry,
  NodeDistribution,
  NodeFiles,
  RegistryApp,
} from 'cdk8s-gitea-registry';
import { parse } from 'yaml';
import { expectGoldenText } from '../../support/golden-text';
import { emptyChart, RELEASE } from '../../support/registries';
import { temporaryFolder } from '../../support/temporary';

const CA = '/etc/ssl/certs/example-ca.pem';

function registryOf(host = 'git.example.org', chart = emptyChart()): GiteaRegistry {
  return new GiteaRegistry(chart, 'Registry', { host, release: ForgeRelease.gitea(RELEASE) });
}

/** Side files of other layers: path and text. */
function layerFiles(registry: GiteaRegistry): [path: string, text: string][] {
  return registry
    ._sideFiles()
    .filter(({ path }) => path.startsWith('nodes/') || path.includes('traefik'))
    .map(({ path, text }) => [path, text]);
}

/** The only one. */
function nodeFile(files: NodeFiles, host?: string): [path: string, text: string] {
  const registry = registryOf(host);
  registry.addNodeFiles(files);
  const [file, ...others] = layerFiles(registry);
  expect(others).toEqual([]);
  return file;
}

const withoutHead = (text: string): string => text.replace(/^(#.*\n)+\n/, '');

it('writes none unless it is asked for', () => {
  expect(layerFiles(registryOf())).toEqual([]);
});

describe('hosts.toml of containerd', () => {
  it('names the CA of the nodes, and says who installs the file', () => {
    const [path, text] = nodeFile(NodeFiles.containerd({ caFile: CA }));
    expect(path).toBe('nodes/gitea/certs.d/git.example.org/hosts.toml');
    expectGoldenText(text, 'node-hosts.toml');
    expect(withoutHead(text)).toBe(`server = "https://git.example.org"\nca = "${CA}"\n`);
  });

  it('asks another name first, for pulls only, and has a folder containerd finds for a host with a port', () => {
    const files = NodeFiles.containerd({ caFile: CA, endpoint: 'registry.node.internal:30443' });
    const [path, text] = nodeFile(files, 'git.example.org:8443');
    expect(path).toBe('nodes/gitea/certs.d/git.example.org_8443_/hosts.toml');
    expect(withoutHead(text)).toBe(
      [
        'server = "https://git.example.org:8443"',
        `ca = "${CA}"`,
        '',
        '[host."https://registry.node.internal:30443"]',
        '  capabilities = ["pull", "resolve"]',
        `  ca = "${CA}"`,
        '',
      ].join('\n'),
    );
    expect(text).toContain('/etc/containerd/certs.d/git.example.org_8443_/hosts.toml');
  });

  it('names no CA where the nodes know it', () => {
    const [, text] = nodeFile(NodeFiles.containerd({ endpoint: 'registry.node.internal' }));
    expect(text).not.toMatch(/\bca\b|must be there/);
  });
});

describe('registries.yaml', () => {
  it('names the CA for the host, in the file of K3s', () => {
    const [path, text] = nodeFile(NodeFiles.registries({ caFile: CA }));
    expect(path).toBe('nodes/gitea/k3s-registries.yaml');
    expectGoldenText(text, 'node-registries.yaml');
    expect(parse(text)).toEqual({
      mirrors: { 'git.example.org': { endpoint: ['https://git.example.org'] } },
      configs: { 'git.example.org': { tls: { ca_file: CA } } },
    });
  });

  it('names another endpoint before the host, each with the CA, in the file of RKE2', () => {
    const [path, text] = nodeFile(
      NodeFiles.registries({
        caFile: CA,
        endpoint: '10.0.0.5.nip.example.org:30443',
        distribution: NodeDistribution.RKE2,
      }),
      'git.example.org:8443',
    );
    expect(path).toBe('nodes/gitea/rke2-registries.yaml');
    expect(text).toContain('/etc/rancher/rke2/registries.yaml');
    expect(parse(text)).toEqual({
      mirrors: {
        'git.example.org:8443': {
          endpoint: ['https://10.0.0.5.nip.example.org:30443', 'https://git.example.org:8443'],
        },
      },
      configs: {
        '10.0.0.5.nip.example.org:30443': { tls: { ca_file: CA } },
        'git.example.org:8443': { tls: { ca_file: CA } },
      },
    });
  });
});

describe('node files refuse', () => {
  it.each<[NodeFilesProps, string]>([
    [{}, 'NodeFiles have nothing to say: give caFile, endpoint or both (REG123)'],
    [{ caFile: 'ca.pem' }, "caFile 'ca.pem' must be the absolute path of certificates"],
    [{ caFile: '/etc/tls.key' }, "caFile '/etc/tls.key' must be the absolute path"],
    [{ caFile: '/etc/"\n[x]' }, 'caFile'],
    [{ endpoint: 'http://git.internal.example.org' }, 'endpoint'],
    [{ endpoint: 'Git.example.org' }, 'endpoint'],
  ])('%j', (props, message) => {
    for (const make of [NodeFiles.containerd, NodeFiles.registries]) {
      expect(() => make(props)).toThrow(message);
    }
  });

  it('to be written twice', () => {
    const registry = registryOf();
    registry.addNodeFiles(NodeFiles.containerd({ caFile: CA }));
    registry.addNodeFiles(NodeFiles.registries({ caFile: CA }));
    expect(() =>
      registry.addNodeFiles(NodeFiles.containerd({ endpoint: 'git.node.internal' })),
    ).toThrow(
      "sideFiles 'nodes/gitea/certs.d/git.example.org/hosts.toml' is written already: say everything in one call (REG630)",
    );
    expect(layerFiles(registry)).toHaveLength(2);
  });
});

describe('values for the Traefik chart', () => {
  it('hold the push budget and tell what helm would lose', () => {
    const registry = registryOf();
    registry.addTraefikValues({ chartVersion: '39.0.8', trustedIps: ['10.0.0.1/32'] });
    const [[path, text]] = layerFiles(registry);
    expect(path).toBe('helm/gitea-traefik-values.yaml');
    expectGoldenText(text, 'traefik-values.yaml');
    expect(text).toContain('Helm replaces lists: trustedIPs of the files below is lost');
    expect(parse(text)).toEqual({
      ports: {
        websecure: {
          transport: { respondingTimeouts: { readTimeout: '1h' } },
          forwardedHeaders: { trustedIPs: ['10.0.0.1/32'] },
        },
      },
    });
  });

  it('are arguments for a chart before 28, which helm replaces too', () => {
    const registry = registryOf();
    registry.addTraefikValues({ chartVersion: '27.0.2', readTimeout: Duration.hours(2) });
    const [[, text]] = layerFiles(registry);
    expect(text).toContain('Helm replaces lists: additionalArguments of the files below is lost');
    expect(parse(text)).toEqual({
      additionalArguments: ['--entryPoints.websecure.transport.respondingTimeouts.readTimeout=2h'],
    });
  });

  it('are refused for a chart nobody tried, when they are asked for', () => {
    expect(() => registryOf().addTraefikValues({ chartVersion: '99.0.0' })).toThrow(/REG641/);
  });
});

describe('in an app', () => {
  const root = temporaryFolder();

  it('are written beside the other side files, and nothing reaches the manifests', () => {
    const app = new RegistryApp({ outdir: join(root(), 'dist'), sideFiles: { root: root() } });
    const registry = registryOf('git.example.org', new Chart(app, 'registry'));
    registry.addNodeFiles(NodeFiles.containerd({ caFile: CA }));
    registry.addTraefikValues({ chartVersion: '39.0.8' });
    app.synth();
    const files = layerFiles(registry);
    expect(files).toHaveLength(2);
    for (const [path, text] of files) {
      expect(readFileSync(join(root(), path), 'utf8')).toBe(text);
    }
    const manifests = readFileSync(join(root(), 'dist/registry.k8s.yaml'), 'utf8');
    expect(manifests).not.toContain(CA);
    expect(existsSync(join(root(), 'dist/nodes'))).toBe(false);
  });
});
