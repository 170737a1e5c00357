import type { diagnose, Result } from '../../doctor';
import type { HostingRecord } from '../../doctor/hosting';
import {
  compareRecords,
  lookAtHosting,
  NOT_COMPARED,
  recordOf,
  resultsOfComparison,
  subjectOf,
} from '../../doctor/hosting';
import type { Io } from '../io';
import { jsonText } from '../json';
import { cleaner } from '../report/live-report';
import type { Asked } from './asked';
import type { DoctorCommandOptions } from './options';
import { PrivateFile } from './private-file';
import { refuseOtherHost, savedRecord } from './saved-record';

/** Git hosting beside the probes: `--compare` with a record, `--save` a new one. */
export class HostingWatch {
  /**
   * Reads the record to compare with. Nothing is sent.
   *
   * @throws CommandError (exit 2) for a record that is wrong
   */
  public static async begin(options: DoctorCommandOptions, io: Io): Promise<HostingWatch> {
    const { compare } = options;
    return new HostingWatch(
      options,
      compare === undefined ? undefined : await savedRecord(compare, io),
    );
  }

  private saving?: PrivateFile;
  private last?: HostingRecord;

  private constructor(
    private readonly options: DoctorCommandOptions,
    private readonly before: HostingRecord | undefined,
  ) {}

  /**
   * Makes sure that the record is of the host that is looked at, and that a new one can be written.
   *
   * @throws CommandError (exit 2)
   */
  public async prepare({ request }: Asked, io: Io): Promise<void> {
    const { save, compare } = this.options;
    if (this.before && request) {
      refuseOtherHost(compare!, this.before, request.host);
    }
    if (save !== undefined) {
      this.saving = await PrivateFile.open('--save', save, io);
    }
  }

  /**
   * A diagnosis that looks at git hosting meanwhile and has the comparison among its results.
   *
   * @param now milliseconds since 1970
   */
  public watching(inner: typeof diagnose, now: () => number, { hide }: Asked): typeof diagnose {
    return async (request, options = {}, probes) => {
      const takenAt = new Date(now()).toISOString();
      const { repository } = this.options;
      const subject = {
        ...(this.before && subjectOf(this.before)),
        ...(repository !== undefined && { repository }),
      };
      const [diagnosis, hosting] = await Promise.all([
        inner(request, options, probes),
        lookAtHosting(request, options, subject),
      ]);
      const record = hosting && recordOf(diagnosis, hosting, takenAt, cleaner(hide));
      // Half a look would tell of regressions that are none, and be a bad record.
      this.last = diagnosis.isPartial ? undefined : record;
      return { ...diagnosis, results: [...diagnosis.results, ...this.compared()] };
    };
  }

  /**
   * Saves what was seen last, when that is wanted.
   *
   * @throws CommandError (exit 2) when it cannot be written
   */
  public async keep(io: Io): Promise<void> {
    if (this.saving && this.last) {
      await this.saving.keep(Buffer.from(jsonText(this.last)), io);
    } else if (this.saving) {
      await this.drop();
      io.err('nothing was saved: the registry was not looked at to the end\n');
    }
  }

  /** Leaves nothing behind. */
  public async drop(): Promise<void> {
    await this.saving?.drop();
  }

  private compared(): readonly Result[] {
    if (this.before === undefined) {
      return [];
    }
    return this.last ? resultsOfComparison(compareRecords(this.before, this.last)) : [NOT_COMPARED];
  }
}
