import * as fc from 'fast-check';
import { COMMANDS } from '../model/commands';
import { RegistryModel } from '../model/registry-model';
import type { Site } from '../site';

/**
 * Whatever is done in whatever order, a registry answers as the model does.
 *
 * @param runs sequences of commands, each of up to 50
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
    let commands = 0;
    await fc.assert(
      fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 50, size: 'max' }), async (steps) => {
        commands += [...steps].length;
        await fc.asyncModelRun(
          () => ({
            model: new RegistryModel(),
            real: { ...clients, prefix: `${site().fresh('model')}.` },
          }),
          steps,
        );
      }),
      { numRuns: runs, interruptAfterTimeLimit: 300_000, markInterruptAsFailure: false },
    );
    expect(commands).toBeGreaterThanOrEqual(runs * 16);
  }, 600_000);
}
