import { resolve } from 'node:path';
import type { AppProps } from 'cdk8s';
import { App } from 'cdk8s';
import { GiteaRegistry } from '../constructs/gitea-registry';
import { JUDGES_ALL } from '../constructs/registry-rules';
import { EstateRules } from './estate-rules';
import { refuse } from '../declaration/problem';
import { removedSettings } from './removed-settings';
import type { SideFile } from './side-files';
import { isInside, refuseSharedFiles, writeSideFiles } from './side-files';

/** Where files that are no manifests go. */
export interface SideFileOptions {
  /** Root of the repository. Nothing is written outside it. */
  readonly root: string;

  /**
   * Folder of the files, below `root`.
   * @default - `root` itself
   */
  readonly folder?: string;
}

/** Props of an app that also writes what is no manifest. */
export interface RegistryAppProps extends AppProps {
  /**
   * Where the values overlay (`helm/`) and the handoff page (`docs/`) of each registry go.
   * @default - they are not written; `registry.values` and `registry.handoff` give the texts
   */
  readonly sideFiles?: SideFileOptions;
}

/**
 * A cdk8s app that writes, beside the manifests, the values overlay and the handoff page of every registry in it:
 * last, by rename, and not at all when a validation fails or when the output folder lies outside the root
 * (`cdk8s synth --stdout`). A setting that stands in the overlay on disk and leaves the new one is told as a warning of
 * the process (REG622): app.ini on the volume keeps it.
 *
 * The environment variable `GITEA_REGISTRY_SIDE_FILES`, a folder below the root, takes the place of
 * `sideFiles.folder`.
 */
export class RegistryApp extends App {
  private readonly sideFiles?: SideFileOptions;
  private readonly estateRules = new EstateRules(this);

  public constructor(props: RegistryAppProps = {}) {
    super(props);
    this.sideFiles = props.sideFiles;
    this.node.addValidation(this.estateRules);
    Object.defineProperty(this, JUDGES_ALL, { value: true });
  }

  /** Synthesizes all manifests, then writes the side files. */
  public override synth(): void {
    const plan = this.planSideFiles();
    this.estateRules.once(() => super.synth());
    plan?.();
  }

  private planSideFiles(): (() => void) | undefined {
    if (!this.sideFiles) {
      return undefined;
    }
    const { root, folder = '.' } = this.sideFiles;
    const redirected = process.env.GITEA_REGISTRY_SIDE_FILES;
    const target = resolve(root, redirected || folder);
    if (!isInside(root, target)) {
      const [name, value] = redirected
        ? ['GITEA_REGISTRY_SIDE_FILES', redirected]
        : ['sideFiles.folder', folder];
      refuse(name, value, `must be a folder below the root '${root}'`, 'REG660');
    }
    const registries = this.node.findAll().filter(isRegistry);
    const files = registries.flatMap(filesOf);
    refuseSharedFiles(files);
    return isInside(root, this.outdir)
      ? () => {
          const removed = removedSettings(registries, files, target);
          writeSideFiles(root, target, files);
          removed.forEach((warning) => process.emitWarning(warning));
        }
      : undefined;
  }
}

function isRegistry(construct: unknown): construct is GiteaRegistry {
  return construct instanceof GiteaRegistry;
}

function filesOf(registry: GiteaRegistry): SideFile[] {
  return registry._sideFiles().map((file) => ({ ...file, owner: registry.node.path }));
}
