import { FakeGitea } from '../../../src/testing';
import type { FakeGiteaOptions } from '../../../src/testing';
import { closeAfterTest } from '../../support/closing';
import type { PushPlace } from '../images';
import { basic, send } from '../raw-request';
import type { RawAnswer, RawRequest } from '../raw-request';

/** A fake with an organization `coulomb` and its owner `ci`. */
export interface TestForge {
  readonly gitea: FakeGitea;
  /** Credentials of the owner. */
  readonly ci: Readonly<Record<string, string>>;
  /** Sends a request, as the owner unless it says otherwise. */
  ask(path: string, request?: Partial<RawRequest>): Promise<RawAnswer>;
  /** Where the owner pushes an image of `coulomb`. */
  place(image: string): PushPlace;
}

/** Starts a fake for a test and ends it with the test. */
export async function testForge(options: FakeGiteaOptions = {}): Promise<TestForge> {
  const gitea = await FakeGitea.start(options);
  closeAfterTest(gitea);
  gitea.addUser('ci');
  gitea.addOrganization('coulomb', { owners: ['ci'] });
  const ci = basic('ci', 'ci-password');
  return {
    gitea,
    ci,
    ask: (path, request) => send(gitea.url, { path, headers: ci, ...request }),
    place: (image) => ({ url: gitea.url, repository: `coulomb/${image}`, headers: ci }),
  };
}

/** The JSON of an answer. */
export function jsonOf(answer: RawAnswer): unknown {
  return JSON.parse(answer.body.toString());
}
