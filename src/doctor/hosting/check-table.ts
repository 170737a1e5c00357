import type { Status } from '../outcome';
import type { RecordedCheck } from './record';

/** Worst first. */
const SEVERITIES: readonly Status[] = ['fail', 'warn', 'pass', 'skip'];

/** Checks of a record by code and path. One code may be said several times on a path, of several owners: the worst counts. */
export class CheckTable {
  private readonly byPlace = new Map<string, RecordedCheck>();

  public constructor(checks: readonly RecordedCheck[]) {
    for (const check of checks) {
      const known = this.find(check);
      if (known === undefined || rank(check) < rank(known)) {
        this.byPlace.set(placeOf(check), check);
      }
    }
  }

  /** One check for each code and path. */
  public worst(): readonly RecordedCheck[] {
    return [...this.byPlace.values()];
  }

  /** The check of the same code and path. */
  public find(check: RecordedCheck): RecordedCheck | undefined {
    return this.byPlace.get(placeOf(check));
  }

  /** Status of the same code and path; undefined when nothing was said of it. */
  public statusOf(check: RecordedCheck): Status | undefined {
    return this.find(check)?.status;
  }

  /** Whether the same code passed or warned on the same path. */
  public holds(check: RecordedCheck): boolean {
    const status = this.statusOf(check);
    return status === 'pass' || status === 'warn';
  }
}

function rank({ status }: RecordedCheck): number {
  return SEVERITIES.indexOf(status);
}

function placeOf({ code, path }: RecordedCheck): string {
  return JSON.stringify([code, path]);
}
