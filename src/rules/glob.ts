/** Whether `*` in `glob`, standing for any text, makes it `text`. Takes time in proportion to both. */
export function globMatches(glob: string, text: string): boolean {
  const parts = glob.split('*');
  const last = parts.pop()!;
  let from = 0;
  for (const [index, part] of parts.entries()) {
    const at = index === 0 ? (text.startsWith(part) ? 0 : -1) : text.indexOf(part, from);
    if (at < 0) {
      return false;
    }
    from = at + part.length;
  }
  return parts.length === 0
    ? text === last
    : text.length - last.length >= from && text.endsWith(last);
}
