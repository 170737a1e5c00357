import type { RegistryDeclaration } from '../../declaration/model';
import type { Grammar } from '../../declaration/grammar';
import { FILE_PATH } from '../../declaration/free-text';
import { REGISTRY_HOST } from '../../declaration/host';
import { checked } from '../../declaration/checked';
import { DeclarationError } from '../../declaration/problem';
import { text } from '../../declaration/schema';
import { containerdHosts, nodeRegistries } from '../../delivery/node-files';
import { NodeDistribution } from '../pull-secret/node-registries';
import type { LayerFile } from './layer-files';

/** What the nodes of a cluster must know of the registry beyond its name. One of the two at least. */
export interface NodeFilesProps {
  /**
   * Path on the node of the certificates of a private CA, in PEM: `/etc/ssl/certs/example-ca.pem`. The file itself is
   * the nodes' affair. It holds certificates: no key, no credential.
   * @default - the roots of the operating system
   */
  readonly caFile?: string;

  /**
   * `host[:port]` the nodes ask instead, by https, where they do not reach the host itself; the host stays the second
   * choice. Its certificate must hold this name, and tokens are fetched where the registry says: at its public name.
   * @default - the host itself
   */
  readonly endpoint?: string;
}

/** Files of nodes that run K3s or RKE2. */
export interface NodeRegistriesFileProps extends NodeFilesProps {
  /**
   * Distribution of the nodes: it decides where the file lies.
   * @default NodeDistribution.K3S
   */
  readonly distribution?: NodeDistribution;
}

const CA_FILE: Grammar = {
  ...FILE_PATH,
  allowed:
    "must be the absolute path of certificates on the node, such as '/etc/ssl/certs/example-ca.pem'; a key has no place there",
  code: 'REG123',
  accepts: (path) => path.startsWith('/') && !/\.key$/.test(path),
};

/**
 * Files that make the container runtime of a node trust or find the registry. Objects of a cluster cannot do it: whoever
 * manages the nodes installs them. That a registry is served by plain http is not offered: each pull would need every
 * node to be told, and a token would cross the network in clear text (REG120).
 */
export class NodeFiles {
  /** `/etc/containerd/certs.d/<host>/hosts.toml` (containerd 1.5 and later, `config_path`). */
  public static containerd(props: NodeFilesProps): NodeFiles {
    const wanted = checkedProps(props);
    return new NodeFiles((declaration) => containerdHosts(declaration, wanted));
  }

  /** `registries.yaml` of K3s or RKE2, which write the files of containerd themselves. */
  public static registries(props: NodeRegistriesFileProps): NodeFiles {
    const wanted = checkedProps(props);
    const { distribution = NodeDistribution.K3S } = props;
    return new NodeFiles((declaration) => nodeRegistries(declaration, wanted, distribution));
  }

  private constructor(private readonly file: (declaration: RegistryDeclaration) => LayerFile) {}

  /** @internal */
  public _file(declaration: RegistryDeclaration): LayerFile {
    return this.file(declaration);
  }
}

function checkedProps({ caFile, endpoint }: NodeFilesProps): NodeFilesProps {
  if (caFile === undefined && endpoint === undefined) {
    throw new DeclarationError([
      {
        path: 'NodeFiles',
        allowed: 'have nothing to say: give caFile, endpoint or both',
        code: 'REG123',
      },
    ]);
  }
  return {
    ...(caFile !== undefined && { caFile: checked(text(CA_FILE), caFile, 'caFile') }),
    ...(endpoint !== undefined && { endpoint: checked(text(REGISTRY_HOST), endpoint, 'endpoint') }),
  };
}
