import type { Faults, Limit, RequestCut, RequestLine, Switches } from './switches';

/** Every switch; a name beside them is a mistake of the caller. */
const NAMES: { readonly [Name in keyof Required<Faults>]: true } = {
  requestHeaders: true,
  responseHeaders: true,
  host: true,
  forwardedProto: true,
  expectContinue: true,
  encodedSlash: true,
  bodyLimit: true,
  redirect: true,
  answer: true,
  breakOff: true,
  requestCut: true,
  responseCut: true,
  slow: true,
  flippedByte: true,
  contentDigest: true,
};

/** A setting with how often it is still for a request. */
interface Entry {
  readonly setting: Limit;
  left: number;
}

/** The switches as they stand, and how often each was used. */
export class Switchboard {
  private readonly entries = new Map<string, readonly Entry[]>();

  /**
   * Sets the switches named and leaves the others; `undefined` turns one off. Counting begins anew for those named.
   *
   * @throws Error for a name that is no switch, or a `requestCut` that never cuts
   */
  public set(switches: Switches): void {
    for (const [name, setting] of Object.entries(switches)) {
      checkName(name);
      const settings: readonly Limit[] = setting === undefined ? [] : [setting].flat();
      settings.forEach((one) => checkSetting(name, one));
      this.entries.set(
        name,
        settings.map((one) => ({ setting: one, left: one.times ?? Infinity })),
      );
    }
  }

  /** Turns every switch off. */
  public clear(): void {
    this.entries.clear();
  }

  /** What is to go wrong with a request; counts it. */
  public take(request: RequestLine): Faults {
    const faults: { [name: string]: Limit } = {};
    for (const [name, entries] of this.entries) {
      const entry = entries.find(
        ({ setting, left }) => left > 0 && (setting.match?.(request) ?? true),
      );
      if (entry !== undefined) {
        entry.left -= 1;
        faults[name] = entry.setting;
      }
    }
    return faults as Faults;
  }
}

function checkName(name: string): void {
  if (!Object.hasOwn(NAMES, name)) {
    throw new Error(`no switch is named '${name}'; there are ${Object.keys(NAMES).join(', ')}`);
  }
}

function checkSetting(name: string, setting: Limit & Partial<RequestCut>): void {
  const { afterBytes, afterMilliseconds } = setting;
  if (name === 'requestCut' && afterBytes === undefined && afterMilliseconds === undefined) {
    throw new Error("'requestCut' never cuts: give afterBytes, afterMilliseconds or both");
  }
}
