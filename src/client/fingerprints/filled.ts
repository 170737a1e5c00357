/** Puts parts of an answer where a sentence names them: `the token has '{actual}'`. */
export function filled(sentence: string, parts: { readonly [name: string]: string }): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '?');
}
