import type { FailOn } from '../../rules/config';
import type { ClusterOptions } from '../options/cluster';
import type { ServerOptions } from '../options/server';
import type { LiveFormat } from '../report/report';
import type { NamedPath } from './named-path';

/** Options of `doctor`, as commander gives them. */
export interface DoctorCommandOptions extends ServerOptions, ClusterOptions {
  readonly output: LiveFormat;
  /** A second form at once, by the ending of the name. */
  readonly outputFile?: string;
  readonly path?: readonly NamedPath[];
  /** `[HOST/]OWNER/IMAGE[:TAG]`; a wrong one is a finding. */
  readonly publish?: string;
  /** `OWNER/TYPE/NAME=REPO`; a wrong one is a finding. */
  readonly link?: string;
  readonly limits?: boolean;
  readonly blobs?: boolean;
  readonly owner?: readonly string[];
  /** Docker config with the credential of a pull secret. */
  readonly pullConfig?: string;
  /** Milliseconds; or the word after `--wait`, where it is the HOST. @default - one look */
  readonly wait?: number | string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly list?: boolean;
  /** @default - what the configuration says, else `error` */
  readonly failOn?: FailOn;
  readonly config?: string;
  readonly supportBundle?: string;
  /** Whether the state of the registry and its cluster is recorded, to `outputFile` where there is one. */
  readonly inventory?: boolean;
  /** File for a record of git hosting and every check. */
  readonly save?: string;
  /** File of an earlier `--save`. */
  readonly compare?: string;
  /** `OWNER/REPO` git is asked of, with `--save` and `--compare`. @default - that of the record, else a public one */
  readonly repository?: string;
}
