/**
 * The words of one simple POSIX command line: blanks separate, single quotes keep everything, a backslash outside
 * quotes keeps one character. Whatever else a shell would read (expansion, lists, redirection) is refused.
 */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (character === "'") {
      const end = line.indexOf("'", at + 1);
      if (end === -1) {
        throw new Error(`unterminated quote in: ${line}`);
      }
      word = (word ?? '') + line.slice(at + 1, end);
      at = end;
    } else if (character === '\\') {
      at += 1;
      word = (word ?? '') + line[at];
    } else if (character === ' ') {
      words.push(...(word === undefined ? [] : [word]));
      word = undefined;
    } else if (/[\s"`$&|;<>()*?[\]#~!{}]/.test(character)) {
      throw new Error(`a shell would read '${character}' in: ${line}`);
    } else {
      word = (word ?? '') + character;
    }
  }
  return [...words, ...(word === undefined ? [] : [word])];
}
