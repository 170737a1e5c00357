/** Most edits between a name and what was meant by it. */
const MOST_EDITS = 2;

/** Most names that are offered. */
const MOST_OFFERED = 3;

/** Names like the one that was typed, best first: few letters differ, or one holds the other. */
export function similarNames(name: string, known: Iterable<string>): string[] {
  const typed = name.toLowerCase();
  return [...new Set(known)]
    .map((candidate) => ({ candidate, distance: distance(typed, candidate.toLowerCase()) }))
    .filter(({ distance: edits }) => edits <= MOST_EDITS)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, MOST_OFFERED)
    .map(({ candidate }) => candidate);
}

function distance(a: string, b: string): number {
  const isPart = a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a));
  return isPart ? 1 : edits(a, b);
}

/** Levenshtein distance; names are at most 255 characters. */
function edits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_EDITS) {
    return Infinity;
  }
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
