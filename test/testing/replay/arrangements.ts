import type { FakeGitea, FakeSettings } from '../../../src/testing';
import type { RecordedLine } from './recorded-line';

/** The recordings that are replayed, by the release they are of. */
export const RECORDED_RELEASES = [
  '1.26.0-dev',
  'forgejo-11.0.2',
  '1.24.0-dev',
  '1.23.0-dev',
  '1.22.0-dev',
] as const;

/** A release that was recorded. */
export type RecordedRelease = (typeof RECORDED_RELEASES)[number];

/** A line in each recording, in the order of {@link RECORDED_RELEASES}; 0 where there is none like it. */
export type LineNumbers = readonly [number, number, number, number, number];

/** The line of one recording. */
export function lineIn(release: RecordedRelease, lines: LineNumbers): number {
  return lines[RECORDED_RELEASES.indexOf(release)]!;
}

/** What an arrangement works on. */
export interface Stage {
  readonly gitea: FakeGitea;
  /** Puts the clock on by a second; lists are in order of seconds. */
  readonly tick: () => void;
  /** Sends the first request that fits again; the recording holds equal answers once. */
  readonly repeat: (methodAndPath: RegExp) => Promise<void>;
  /** Our digest for a recorded one. */
  readonly digestOf: (recorded: string) => string;
}

/** A change of the server between two lines, where the recorded one was changed. */
interface Arrangement {
  /** The line it stands before. */
  readonly before: LineNumbers;
  readonly arrange: (stage: Stage, line: RecordedLine) => void | Promise<void>;
}

const PUBLIC_URL = 'https://pub.example.com/git/';

/** Bytes; below what the tests of limits push, above a config. */
const LIMIT = 1000;

const ARRANGEMENTS: readonly Arrangement[] = [
  at([0, 124, 124, 124, 124], ({ tick }) => tick()),
  // The tag was put back, so that its digest takes two tags away.
  at([135, 136, 136, 136, 136], ({ repeat }) => repeat(/^PUT .*\/twotags\/manifests\/t1$/)),
  at([230, 229, 231, 230, 230], ({ tick }) => tick()),
  at([307, 307, 308, 270, 301], ({ tick }) => tick()),
  // The version was uploaded again after it was deleted.
  at([346, 346, 347, 340, 340], ({ repeat }) => repeat(/^PUT .*\/tool\/1\.0\.0\/f\.txt$/)),
  settings([360, 358, 361, 354, 354], { rootUrl: PUBLIC_URL }),
  settings([364, 0, 365, 358, 358], {
    rootUrl: 'https://pub.example.com/',
    publicUrlDetection: 'auto',
  }),
  settings([365, 362, 366, 359, 360], { rootUrl: undefined, publicUrlDetection: undefined }),
  at([371, 367, 372, 365, 364], ({ tick }) => tick()),
  settings([416, 411, 416, 409, 411], { sizeLimits: { container: LIMIT, generic: LIMIT } }),
  settings([425, 420, 425, 418, 420], { sizeLimits: {}, totalOwnerSize: 1 }),
  settings([427, 422, 427, 420, 422], { totalOwnerSize: -1, totalOwnerCount: 1 }),
  settings([432, 427, 432, 425, 427], { totalOwnerCount: -1, sizeLimits: { generic: 0 } }),
  settings([434, 429, 434, 427, 429], { sizeLimits: {} }),
  settings([442, 437, 442, 435, 437], { sizeLimits: { generic: 1 } }),
  settings([443, 438, 443, 436, 438], { sizeLimits: {}, requireSignIn: true }),
  settings([447, 442, 447, 440, 442], { requireSignIn: false, disableQueryToken: true }),
  settings([449, 443, 449, 442, 444], { disableQueryToken: false, basicPasswords: false }),
  settings([451, 445, 451, 444, 446], { basicPasswords: true, packagesEnabled: false }),
  settings([457, 451, 457, 450, 452], { packagesEnabled: true, packagesUnitDisabled: true }),
  at([460, 454, 460, 453, 455], ({ gitea }) =>
    gitea.configure({
      packagesUnitDisabled: false,
      rootUrl: `${gitea.url}/git/`,
      useSubUrlPath: true,
    }),
  ),
  settings([463, 457, 463, 456, 458], { rootUrl: undefined, useSubUrlPath: false }),
  at([502, 496, 502, 495, 497], ({ tick }) => tick()),
  at([521, 515, 521, 514, 516], ({ tick }) => tick()),
  // The administrator had signed in to the web pages meanwhile.
  at([528, 522, 528, 521, 523], ({ gitea }) => {
    gitea.state.owners.find(({ name }) => name === 'root1')!.account!.language = 'en-US';
  }),
  // What cleanup rules removed, which the fake has none of.
  at([530, 524, 530, 523, 525], ({ gitea }, line) =>
    removeVersions(gitea, ownerOf(line), ['v1', 'v1x', 'xv2', 'v2']),
  ),
  at([531, 0, 531, 0, 0], ({ gitea }, line) => removeOldest(gitea, ownerOf(line), 3)),
  at([0, 525, 0, 524, 526], ({ gitea }, line) => removeOldest(gitea, ownerOf(line), 4)),
  at([532, 526, 532, 525, 527], ({ gitea }, line) => removeUntagged(gitea, ownerOf(line))),
  at([536, 530, 536, 529, 531], ({ gitea }) => gitea.runCleanup()),
  at([541, 535, 541, 534, 536], ({ gitea }) => gitea.runCleanup()),
  at([546, 540, 546, 539, 541], ({ gitea }) => gitea.runCleanup()),
  at([551, 545, 551, 544, 546], cleanUpAtOnce),
  // Forgejo's task was still running when the session was asked for.
  at([556, 551, 556, 549, 551], cleanUpAtOnce),
  settings([559, 553, 559, 552, 554], {
    cleanupOlderThan: 86_400,
    sizeLimits: { container: LIMIT },
  }),
  settings([561, 555, 561, 554, 556], { sizeLimits: {} }),
  settings([562, 556, 562, 555, 557], { totalOwnerSize: 1 }),
  settings([564, 558, 564, 557, 559], { totalOwnerSize: -1 }),
  settings([565, 559, 565, 558, 560], { totalOwnerSize: 1 }),
  settings([566, 560, 566, 559, 561], { totalOwnerSize: -1 }),
  at([567, 561, 567, 560, 562], pushAgain),
  at([568, 562, 568, 561, 563], pushAgain),
  at([572, 566, 572, 565, 567], ({ gitea, digestOf }, line) =>
    gitea.loseBlob(digestOf(line.request.path.slice(line.request.path.indexOf('sha256:')))),
  ),
  at([575, 569, 575, 568, 570], ({ gitea }) => {
    const lost = gitea.state.packages.find(({ name }) => name === 'lost');
    gitea.loseBlob(lost!.versions[0]!.files[0]!.sha256);
  }),
];

/** Makes the changes that stand before a line. */
export async function arrangeFor(
  release: RecordedRelease,
  stage: Stage,
  line: RecordedLine,
): Promise<void> {
  for (const { before, arrange } of ARRANGEMENTS) {
    if (lineIn(release, before) === line.number) await arrange(stage, line);
  }
}

function at(before: LineNumbers, arrange: Arrangement['arrange']): Arrangement {
  return { before, arrange };
}

function settings(before: LineNumbers, changed: FakeSettings): Arrangement {
  return at(before, ({ gitea }) => gitea.configure(changed));
}

/** What heals a blob: its owner pushes it again. */
function pushAgain({ repeat }: Stage, { request }: RecordedLine): Promise<void> {
  return repeat(new RegExp(`^POST .*/holder/.*${request.path.slice(-64)}$`));
}

function cleanUpAtOnce({ gitea, tick }: Stage): void {
  tick();
  gitea.configure({ cleanupOlderThan: 0 });
  gitea.runCleanup();
}

function ownerOf({ request }: RecordedLine): string {
  return /\/packages\/([^?/]+)/.exec(request.path)![1]!;
}

/** The versions of an owner's one package, `_upload` included, oldest first. */
function versionsOf(
  gitea: FakeGitea,
  ownerName: string,
): FakeGitea['state']['packages'][0]['versions'] {
  const owner = gitea.state.owners.find(({ name }) => name === ownerName);
  return gitea.state.packages.find(({ ownerId }) => ownerId === owner!.id)!.versions;
}

function removeVersions(gitea: FakeGitea, owner: string, names: readonly string[]): void {
  const versions = versionsOf(gitea, owner);
  versions.splice(
    0,
    versions.length,
    ...versions.filter(({ version }) => !names.includes(version)),
  );
}

function removeOldest(gitea: FakeGitea, owner: string, count: number): void {
  const visible = versionsOf(gitea, owner).filter(({ isInternal }) => !isInternal);
  removeVersions(
    gitea,
    owner,
    visible.slice(0, count).map(({ version }) => version),
  );
}

/** The first two children: those the moved tag no longer names. */
function removeUntagged(gitea: FakeGitea, owner: string): void {
  removeOldest(gitea, owner, 2);
}
