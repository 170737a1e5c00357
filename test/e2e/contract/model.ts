import * as fc from 'fast-check';
import { COMMANDS } from '../model/commands';
import { RegistryModel } from '../model/registry-model';
import type { Site } from '../site';

const SHORTEST_SEQUENCE = 16;

/**
 * Whatever is done in whatever order, a registry answers as the model does.
 *
 * @param runs sequences of commands, each of 16 to 50
 */
export function modelContract(site: () => Site, runs: number): void {
  test(`${runs} sequences of commands leave what the model says`, async () => {
    const { open: owner, forge } = site();
    const isGitea = forge.product === 'gitea';
    const clients = {
      oci: site().oci(),
      packages: site().packages(),
      generic: site().generic(),
      owner,
      keepsOldFiles: isGitea && /^1\.(25\.[01]\b|26\.0-dev)/.test(forge.text),
      linksSlashes: isGitea,
    };
    // Short sequences say little; once one has failed, they are what it shrinks to.
    let shortest = SHORTEST_SEQUENCE;
    await fc.assert(
      fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 50, size: 'max' }), async (steps) => {
        fc.pre([...steps].length >= shortest);
        try {
          await fc.asyncModelRun(
            () => ({
              model: new RegistryModel(),
              real: { ...clients, prefix: `${site().fresh('model')}.` },
            }),
            steps,
          );
        } catch (failure) {
          shortest = 0;
          throw failure;
        }
      }),
      { numRuns: runs, interruptAfterTimeLimit: 300_000, markInterruptAsFailure: false },
    );
  }, 600_000);
}
