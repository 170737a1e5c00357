import type { Grammar } from './grammar';

/** Factor of each unit go-humanize knows, lower case; `K` and `KB` are 1000, `Ki` and `KiB` 1024. */
const FACTORS: ReadonlyMap<string, number> = new Map(
  ['k', 'm', 'g', 't', 'p', 'e'].flatMap((unit, index) => [
    [`${unit}b`, 1000 ** (index + 1)] as const,
    [unit, 1000 ** (index + 1)] as const,
    [`${unit}ib`, 1024 ** (index + 1)] as const,
    [`${unit}i`, 1024 ** (index + 1)] as const,
  ]),
);

/** What Gitea takes for "no limit". */
export const UNLIMITED = -1;

const MAX_INT64 = 2 ** 63;

/**
 * Bytes Gitea reads in an app.ini size, `-1` for unlimited (modules/setting/packages.go mustBytes over
 * go-humanize ParseBytes): a decimal number, then a unit in any case. **Every text the parser refuses
 * means unlimited**, start-up never fails; commas are dropped, so `5,5 GiB` is 55 GiB.
 */
export function giteaSize(text: string): number {
  const trimmed = text.trim();
  const number = /^[0-9.,]*/.exec(trimmed)![0];
  const digits = number.replaceAll(',', '');
  const unit = trimmed.slice(number.length).trim().toLowerCase();
  const factor = unit === '' || unit === 'b' ? 1 : FACTORS.get(unit);
  if (factor === undefined || !/^([0-9]+\.?[0-9]*|\.[0-9]+)$/.test(digits)) {
    return UNLIMITED;
  }
  const bytes = Math.trunc(Number(digits) * factor);
  return bytes >= MAX_INT64 ? UNLIMITED : bytes;
}

/** A size that means what it says: Gitea reads exactly the number a person reads. */
export const SIZE: Grammar = {
  allowed:
    "must be '-1' (unlimited) or a size such as '500 MiB', '5 GiB' or '5000000000': Gitea reads anything else as another size or as unlimited",
  code: 'REG621',
  pattern: /^(-1|[0-9]+(\.[0-9]+)?( ?([kKmMgGtTpPeE][iI]?[bB]?|[bB]))?)$/,
  maxLength: 32,
  accepts: (text) =>
    text === '-1' || (giteaSize(text) > 0 && Number.isSafeInteger(giteaSize(text))),
};

/** A {@link SIZE} that is a number of bytes. */
export const FINITE_SIZE: Grammar = {
  ...SIZE,
  allowed: "must be a size such as '500 MiB' or '5 GiB'",
  accepts: (text) => text !== '-1' && SIZE.accepts!(text),
};

const BINARY_UNITS = ['', ' KiB', ' MiB', ' GiB', ' TiB', ' PiB'];

/** `bytes` as the shortest exact text of {@link SIZE}: `5 GiB`, `1500`, `-1`. */
export function formatSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (unit < BINARY_UNITS.length - 1 && value > 0 && value % 1024 === 0) {
    value /= 1024;
    unit += 1;
  }
  return `${value}${BINARY_UNITS[unit]}`;
}
