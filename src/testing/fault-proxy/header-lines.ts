/** One header line; a name may stand several times. */
export type HeaderLine = readonly [name: string, value: string];

/** Headers that speak of one connection and are never passed on (RFC 9110 §7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Lines of a message from what Node calls `rawHeaders`: names as they arrived, in their order. */
export function linesOf(rawHeaders: readonly string[]): HeaderLine[] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index): HeaderLine => [
    rawHeaders[2 * index]!,
    rawHeaders[2 * index + 1]!,
  ]);
}

/** Whether a line has this name; case does not count. */
export function isNamed([own]: HeaderLine, name: string): boolean {
  return own.toLowerCase() === name.toLowerCase();
}

/** First value of a header. */
export function valueOf(lines: readonly HeaderLine[], name: string): string | undefined {
  return lines.find((line) => isNamed(line, name))?.[1];
}

/** Lines without those of the names given. */
export function without(lines: readonly HeaderLine[], ...names: readonly string[]): HeaderLine[] {
  return lines.filter((line) => !names.some((name) => isNamed(line, name)));
}

/** Replaces the value of each line of a name, where it stands; other lines stay. */
export function replaced(lines: readonly HeaderLine[], name: string, value: string): HeaderLine[] {
  return lines.map((line): HeaderLine => (isNamed(line, name) ? [line[0], value] : line));
}

/** Lines a proxy passes on: without those of the connection, and those `Connection` names. */
export function endToEnd(lines: readonly HeaderLine[]): HeaderLine[] {
  const named = lines
    .filter((line) => isNamed(line, 'connection'))
    .flatMap(([, value]) => value.toLowerCase().split(/\s*,\s*/));
  return lines.filter(
    ([name]) => !HOP_BY_HOP.has(name.toLowerCase()) && !named.includes(name.toLowerCase()),
  );
}
