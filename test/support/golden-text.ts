import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Path of a file in test/golden. */
export function golden(file: string): string {
  return resolve(__dirname, '../golden', file);
}

/** Compares a text that is no manifest with a file people review; `UPDATE_GOLDEN=1` writes it. */
export function expectGoldenText(text: string, file: string): void {
  if (process.env.UPDATE_GOLDEN) {
    writeFileSync(golden(file), text);
  }
  expect(text).toBe(readFileSync(golden(file), 'utf8'));
}
