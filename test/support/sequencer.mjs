// The order of a run, and what runs together (`testSequencer` of jest).
//
// A suite of jest loads every module anew, and cold: three quarters of the time of a small one. Where a run is of many
// files, those of a folder make one suite, which loads what they share once. Each file stays a `describe` of its name;
// its hooks hold for it alone, and what else it changes it must put back. A few files, as people run them while they
// work, run one by one. `--testSequencer @jest/test-sequencer` runs all one by one, in twice the time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/** Runs of fewer files than this keep each file a suite of its own. */
const MANY = 20;

/** Folders whose files are long, start processes or hold snapshots, the longest first. Each file is a suite. */
const ALONE = ['e2e', 'scripts', 'examples', 'docs'];

/** `rules/read` of `test/rules/read/deep/ini.test.ts`: what lies deeper is of the same suite. */
function roomOf({ path, context }) {
  const [, ...folders] = relative(context.config.rootDir, dirname(path)).split(sep);
  return folders.slice(0, 2).join('/');
}

const isAlone = (room) => ALONE.includes(room.split('/')[0]);

/** A file as part of a suite. One that does not load fails alone: the others of the suite still run. */
function partOf(path, rootDir) {
  const name = relative(join(rootDir, 'test'), path).split(sep).join('/');
  return `describe(${JSON.stringify(name)}, () => {
  try {
    require(${JSON.stringify(path)});
  } catch (error) {
    test('loads', () => {
      throw error;
    });
  }
});
`;
}

/** Path of a suite of these tests. Its name tells which they are: another run may want others of the room. */
function suiteOf(room, tests) {
  const { rootDir } = tests[0].context.config;
  const text = tests
    .map(({ path }) => path)
    .sort()
    .map((path) => partOf(path, rootDir))
    .join('');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 6);
  const file = join(rootDir, 'node_modules/.cache/suites', `${room.replace('/', '-')}-${hash}.js`);
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  }
  return file;
}

const sizeOf = (tests) => tests.reduce((sum, { path }) => sum + statSync(path).size, 0);

export default class RoomSequencer extends Sequencer {
  sort(tests) {
    if (tests.length < MANY) {
      return super.sort(tests);
    }
    const rooms = new Map();
    for (const test of tests) {
      const room = roomOf(test);
      rooms.set(room, [...(rooms.get(room) ?? []), test]);
    }
    const alone = ALONE.flatMap((folder) => rooms.get(folder) ?? []);
    const together = [...rooms]
      .filter(([room]) => !isAlone(room))
      .sort(([, one], [, other]) => sizeOf(other) - sizeOf(one))
      .map(([room, files]) => ({ ...files[0], path: suiteOf(room, files), duration: undefined }));
    return [...alone, ...together];
  }
}
