/** A text without the characters of one kind at its end. A pattern would take the square of its length. */
export function withoutTrailing(text: string, character: string): string {
  let end = text.length;
  while (text[end - 1] === character) {
    end--;
  }
  return text.slice(0, end);
}
