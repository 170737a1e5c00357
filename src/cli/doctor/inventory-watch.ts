import type { diagnose, Diagnosis, DoctorOptions, DoctorRequest } from '../../doctor';
import type { Inventory } from '../../doctor/cluster/inventory-record';
import { inventoryOf } from '../../doctor/cluster/inventory-record';
import type { Io } from '../io';
import { jsonText } from '../json';
import { inventoryMarkdown } from '../report/inventory-markdown';
import { cleaner } from '../report/live-report';
import { giveResult } from '../result';
import type { Asked } from './asked';
import type { InventoryOutput } from './inventory-output';

/** Takes the inventory of what the last look of a run was about. */
export class InventoryWatch {
  private last?: readonly [DoctorRequest, Diagnosis, DoctorOptions];

  public constructor(private readonly output: InventoryOutput) {}

  /** The same diagnosis, remembered. */
  public watching(inner: typeof diagnose): typeof diagnose {
    return async (request, options = {}, probes) => {
      const diagnosis = await inner(request, options, probes);
      this.last = [request, diagnosis, options];
      return diagnosis;
    };
  }

  /** The inventory, without what could move a cursor or is a credential of the run; undefined after a run that was ended. */
  public async take({ hide }: Asked): Promise<Inventory | undefined> {
    if (this.last === undefined || this.last[1].isPartial) {
      return undefined;
    }
    try {
      return cleaned(await inventoryOf(...this.last), cleaner(hide)) as Inventory;
    } catch (error) {
      // Ended between the last look and this: what was diagnosed is still told.
      if (this.last[2].signal?.aborted) {
        return undefined;
      }
      throw error;
    }
  }

  /** Gives it to the user. */
  public async give(inventory: Inventory | undefined, io: Io): Promise<void> {
    const { form, file } = this.output;
    if (inventory === undefined) {
      io.err('no inventory was taken: the registry was not looked at to the end\n');
      return;
    }
    const text = form === 'json' ? jsonText(inventory) : inventoryMarkdown(inventory);
    await giveResult(file === undefined ? `\n${text}` : text, file, io);
  }
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return clean(value);
  }
  if (Array.isArray(value)) {
    return value.map((one) => cleaned(one, clean));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, one]) => [clean(key), cleaned(one, clean)]),
      )
    : value;
}
