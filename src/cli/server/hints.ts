import { ClientError } from '../../client/error';
import type { Io } from '../io';

/** What is known where an error is thrown. */
export interface HintFacts {
  readonly origin: URL;
  readonly hasCredential: boolean;
}

/** Runs `work` and says beside its error what the user can change. */
export async function hinted<T>(facts: HintFacts, io: Io, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const hint = hintFor(error, facts);
    if (hint !== undefined) {
      io.err(`hint: ${hint}\n`);
    }
    throw error;
  }
}

/** What the user can change in his command, for an error that says only what the server did. */
function hintFor(error: unknown, { origin, hasCredential }: HintFacts): string | undefined {
  if (!(error instanceof ClientError)) {
    return undefined;
  }
  if (error.facts.status === 401 && !hasCredential) {
    return `there is no credential for '${origin.host}': give GITEA_REGISTRY_TOKEN, --token-file or --token-stdin, or run 'gitea-registry login'`;
  }
  return error.code === 'REG120'
    ? `a host is asked by https; where it speaks plain http, name it as --registry http://${origin.host}`
    : undefined;
}
