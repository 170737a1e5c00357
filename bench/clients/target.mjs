import { Transport } from '../../lib/src/client/index.js';

/** The registry of the environment, as the command takes it. */
export function target() {
  const { GITEA_REGISTRY_URL, GITEA_REGISTRY_USER, GITEA_REGISTRY_TOKEN } = process.env;
  const origin = new URL(GITEA_REGISTRY_URL);
  return {
    origin,
    transport: new Transport(),
    credential: {
      origin: origin.origin,
      user: GITEA_REGISTRY_USER,
      secret: GITEA_REGISTRY_TOKEN,
    },
  };
}
