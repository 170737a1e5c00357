import type { Seen } from '../ask';
import { ask } from '../ask';
import type { Observation } from '../sight';

/** `GET /api/healthz`, never HEAD: Gitea has no such route for it. */
export const health: Observation<Seen> = (sight) =>
  ask(sight, { url: '/api/healthz', surface: 'api' });
