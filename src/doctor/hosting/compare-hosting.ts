import type { Compared, Difference } from './compare';
import type { HostingObservation, HostingSurface } from './observation';
import { STANDINGS } from './observation';

const SUBJECTS: { readonly [surface in HostingSurface]: (asked: string) => string } = {
  ui: (asked) => `the web interface, ${asked}`,
  login: (asked) => `the login page, ${asked}`,
  api: (asked) => `the REST API, ${asked}`,
  fetch: (asked) => `git fetch of '${asked}'`,
  push: (asked) => `git push to '${asked}'`,
  ssh: (asked) => `ssh at '${asked}'`,
};

/** What git hosting answered before and answers now. */
export function compareHosting(
  before: readonly HostingObservation[],
  after: readonly HostingObservation[],
): Compared {
  const regressions: Difference[] = [];
  const improvements: Difference[] = [];
  const changes: Difference[] = [...pathsGone(before, after)];
  let unchanged = 0;
  const paths = pathsOf(after);
  for (const one of before.filter(({ path }) => path === undefined || paths.has(path))) {
    const now = after.find(({ path, surface }) => path === one.path && surface === one.surface);
    switch (now && verdict(one, now)) {
      case undefined:
        changes.push(gone(one));
        break;
      case 'regression':
        regressions.push(difference(one, now!));
        break;
      case 'improvement':
        improvements.push(difference(one, now!));
        break;
      case 'change':
        changes.push(difference(one, now!));
        break;
      default:
        unchanged++;
    }
  }
  return { regressions, improvements, changes, unchanged };
}

/** What was asked of other things, or by somebody else, may be refused for another reason; it must be there all the same. */
function verdict(
  before: HostingObservation,
  after: HostingObservation,
): 'regression' | 'improvement' | 'change' | 'same' {
  const isAlike = before.asked === after.asked && before.isSignedIn === after.isSignedIn;
  const worse = STANDINGS.indexOf(after.standing) - STANDINGS.indexOf(before.standing);
  if (worse > 0 && (isAlike || after.standing === 'fails')) {
    return 'regression';
  }
  if (worse < 0 && (isAlike || before.standing === 'fails')) {
    return 'improvement';
  }
  return isAlike && before.observed === after.observed ? 'same' : 'change';
}

function difference(before: HostingObservation, after: HostingObservation): Difference {
  const { path, surface } = after;
  const isOther = before.asked !== after.asked;
  return {
    ...(path !== undefined && { path }),
    subject: SUBJECTS[surface](after.asked),
    before: `${isOther ? `${before.asked}: ` : ''}${shown(before, after)}`,
    after: shown(after, before),
  };
}

function shown({ observed, isSignedIn }: HostingObservation, other: HostingObservation): string {
  const by = isSignedIn ? 'with a credential' : 'without a credential';
  return isSignedIn === other.isSignedIn ? observed : `${observed} ${by}`;
}

function gone({ path, surface, asked, observed }: HostingObservation): Difference {
  return {
    ...(path !== undefined && { path }),
    subject: SUBJECTS[surface](asked),
    before: observed,
    after: 'not looked at this time',
  };
}

function pathsGone(
  before: readonly HostingObservation[],
  after: readonly HostingObservation[],
): Difference[] {
  const now = pathsOf(after);
  return [...pathsOf(before)]
    .filter((path) => !now.has(path))
    .map((path) => ({
      path,
      subject: `the access path '${path}'`,
      before: 'looked at',
      after: `not looked at this time: give it with --path ${path}=URL`,
    }));
}

function pathsOf(observations: readonly HostingObservation[]): Set<string> {
  return new Set(observations.flatMap(({ path }) => path ?? []));
}
