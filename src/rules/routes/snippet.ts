import type { Treatment } from '../read/treatment';

/** Snippets have some lines; a longer text is not read to its end. */
const MOST_CHARACTERS = 10_000;

/**
 * What a snippet of nginx says for requests below `path`: comments are left out, and so are blocks for other locations.
 *
 * @returns an empty text for every other treatment
 */
export function snippetFor({ type, at }: Treatment, path: string): string {
  const text = type === 'snippet' ? (at.text ?? '') : '';
  return text
    .slice(0, MOST_CHARACTERS)
    .replace(/#[^\n]*/g, '')
    .replace(/\blocation\b([^{}]*)\{([^{}]*)\}/g, (_, matcher: string, body: string) =>
      matcher.includes(path) ? body : '',
    );
}
