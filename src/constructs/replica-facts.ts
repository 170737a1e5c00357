import type { ReplicasDeclaration } from '../declaration/model';
import { checked } from '../declaration/checked';
import { replicasSchema } from '../declaration/replicas';
import type { ConfigSecret } from './config-source';
import { secretDeclaration } from './config-source';

/** How many pods serve the registry, and what they share. */
export interface ReplicaFacts {
  /**
   * `replicaCount` of the chart. One is recreated (`strategy.type: Recreate`) unless the volume is ReadWriteMany and
   * `redisSecret` is named. More need Gitea 1.23 or newer, a ReadWriteMany volume, `redisSecret` and `fixedSecrets`.
   */
  readonly count: number;

  /**
   * Secret with the connections to Redis or Valkey: `global_lock` with `SERVICE_CONN_STR`, `cache` with `HOST`, `queue` with
   * `CONN_STR`, `session` with `PROVIDER_CONFIG`. The overlay switches each of them to redis.
   * @default - each pod keeps locks, cache, sessions and queues to itself
   */
  readonly redisSecret?: ConfigSecret;

  /**
   * Says that SECRET_KEY, INTERNAL_TOKEN, JWT_SECRET and LFS_JWT_SECRET are the same in every pod: they come from a Secret,
   * or stand in app.ini on the shared volume already.
   * @default false
   */
  readonly fixedSecrets?: boolean;
}

/** The part of the declaration that `facts` stands for. */
export function replicasDeclaration(facts: ReplicaFacts): ReplicasDeclaration {
  const { count, redisSecret, fixedSecrets } = facts;
  return checked(
    replicasSchema,
    {
      count,
      ...(redisSecret && { redisSecret: secretDeclaration(redisSecret) }),
      ...(fixedSecrets && { fixedSecrets }),
    },
    'replicas',
  );
}
