import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedRelease } from './replay/arrangements';
import type { Difference } from './replay/compare';
import { leftOutLines } from './replay/left-out';
import { readRecording } from './replay/recorded-line';
import { replay } from './replay/replay';

const FOLDER = join(__dirname, '..', '..', '..', 'shared', 'recordings');

const FILES: readonly (readonly [release: RecordedRelease, file: string])[] = [
  ['1.26.0-dev', 'gitea-1.26-dev.jsonl'],
  ['forgejo-11.0.2', 'forgejo-11.0.2.jsonl'],
  ['1.24.0-dev', 'gitea-1.24-dev.jsonl'],
  ['1.23.0-dev', 'gitea-1.23-dev.jsonl'],
  ['1.22.0-dev', 'gitea-1.22-dev.jsonl'],
];

const isPresent = existsSync(FOLDER);
if (!isPresent) console.warn(`skipped: no recordings in ${FOLDER}`);

(isPresent ? describe : describe.skip)('FakeGitea against the recordings', () => {
  describe.each(FILES)('of %s', (release, file) => {
    const leftOut = leftOutLines(release);
    let found: readonly Difference[];

    beforeAll(async () => {
      found = await replay(release, readRecording(join(FOLDER, file)));
    });

    it('gives status, headers and body of every line that is not left out', () => {
      const unexpected = found.filter(
        ({ line, part }) => leftOut.get(line)?.parts.includes(part) !== true,
      );
      expect(unexpected).toEqual([]);
    });

    it('leaves out no line it would give', () => {
      const differing = new Set(found.map(({ line }) => line));
      const given = [...leftOut.keys()].filter((line) => !differing.has(line));
      expect(given).toEqual([]);
    });
  });
});
