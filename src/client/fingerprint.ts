import { API_ROWS } from './fingerprints/api-rows';
import { EDGE_ROWS } from './fingerprints/edge-rows';
import { GENERIC_ROWS } from './fingerprints/generic-rows';
import { LAST_ROWS } from './fingerprints/last-rows';
import { filled } from './fingerprints/filled';
import type { Fingerprint, SeenAnswer } from './fingerprints/pattern';
import { answers } from './fingerprints/pattern';
import { REGISTRY_ROWS } from './fingerprints/registry-rows';
import { serverText } from './server-text';

/** What an answer is, in words and as a code. */
export interface Reading extends Pick<Fingerprint, 'id' | 'responder' | 'code' | 'shows'> {
  /** What it means; placeholders filled. */
  readonly meaning: string;
  /** What to do next. */
  readonly next?: string;
  /** Parts of the answer the row names, such as the scopes of a token; cleaned, for messages. */
  readonly parts: { readonly [name: string]: string };
}

/**
 * Every answer that is no success and that somebody has seen, most telling first: what only one program says stands
 * before what several say. Recorded from running servers and proxies; Cloudflare and object stores after their manuals.
 */
export const FINGERPRINTS: readonly Fingerprint[] = [
  ...REGISTRY_ROWS,
  ...API_ROWS,
  ...GENERIC_ROWS,
  ...EDGE_ROWS,
  ...LAST_ROWS,
];

/** Says who gave an answer and what it means. */
export function readAnswer(seen: SeenAnswer): Reading {
  for (const row of FINGERPRINTS) {
    const found = answers(row.when, seen);
    if (found) {
      const parts = Object.fromEntries(
        Object.entries(found).map(([name, text]) => [name, serverText(text, 80)]),
      );
      const { id, responder, code, shows, meaning, next } = row;
      return {
        id,
        responder,
        code,
        shows,
        parts,
        meaning: filled(meaning, parts),
        ...(next !== undefined && { next: filled(next, parts) }),
      };
    }
  }
  throw new Error('the last fingerprint takes every answer');
}
