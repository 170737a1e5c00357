import type { ForgeServer } from '../../client/packages/server';
import { describeServer, hasFeature } from '../../client/packages/server';
import type { LinkDeclaration } from '../../declaration/model';

/** Why a server can make a link in no way. */
export interface Obstacle {
  /** In words, without the code. */
  readonly reason: string;
  readonly code: string;
}

/** What the release of a server lacks for a link; undefined when it may be tried. */
export function obstacleOf({ name }: LinkDeclaration, server: ForgeServer): Obstacle | undefined {
  if (hasFeature(server, 'linkApi') === false) {
    return {
      reason: `${describeServer(server)} has no links over REST: they came with Gitea 1.24 and Forgejo 11; upgrade, or link it in the web interface`,
      code: 'REG911',
    };
  }
  if (name.includes('/') && hasFeature(server, 'linkSlashNames') === false) {
    return {
      reason: `${describeServer(server)} cannot link a package whose name holds a '/' over REST: link it in the web interface, or use a flat name`,
      code: 'REG912',
    };
  }
  return undefined;
}
