/** Factor of each suffix of a Kubernetes quantity (k8s.io/apimachinery, resource.Quantity). */
const FACTORS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['n', 1e-9],
  ['u', 1e-6],
  ['m', 1e-3],
  ...['k', 'M', 'G', 'T', 'P', 'E'].map((suffix, index) => [suffix, 1000 ** (index + 1)] as const),
  ...['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map(
    (suffix, index) => [suffix, 1024 ** (index + 1)] as const,
  ),
]);

/** A signed decimal number, then a suffix or a decimal exponent; `1E` is a suffix, `1E3` an exponent. */
const QUANTITY =
  /^([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(?:([numkMGTPE]|[KMGTPE]i)|([eE][+-]?[0-9]+))?$/;

/** Longer texts are no quantity anybody writes. */
const MOST_CHARACTERS = 64;

/** The number a Kubernetes quantity such as `10Gi`, `1.5G` or `12e6` stands for; undefined for anything else. */
export function quantityValue(text: string): number | undefined {
  const parts = text.length > MOST_CHARACTERS ? null : QUANTITY.exec(text);
  if (!parts) {
    return undefined;
  }
  const [, number, suffix = '', exponent = ''] = parts;
  return Number(`${number}${exponent}`) * FACTORS.get(suffix)!;
}
