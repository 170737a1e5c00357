import type { SetUp } from '../../doctor/scenarios/scenario';
import type { GiteaSettings } from '../servers/gitea-binary';
import type { Lab } from './lab';

/** What the lab runs beside Gitea. */
export type Proxy = 'traefik' | 'nginx';

/** Where programs were found; absent: it was not. */
export type Programs = { readonly [P in Proxy]?: string };

/** A set-up of real servers. */
export interface RealScenario {
  readonly name: string;
  /** What stands in front of Gitea. */
  readonly proxies: readonly Proxy[];
  /** First code told as a failure or a warning; absent: nothing may be called broken. */
  readonly code?: string;
  /** How Gitea is set up. @default - the public name in ROOT_URL */
  readonly settings?: GiteaSettings;
  start(lab: Lab, programs: Programs): Promise<SetUp>;
}
