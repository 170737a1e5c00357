import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a kubectl made of a shell script into a folder; its lines see the arguments. Gives the path. */
export function standInKubectl(folder: string, ...lines: readonly string[]): string {
  const file = join(folder, 'kubectl');
  writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'));
  chmodSync(file, 0o755);
  return file;
}

/** Writes a List of objects as kubectl prints one; gives the path. */
export function listFile(folder: string, name: string, items: readonly unknown[]): string {
  const file = join(folder, `${name}.json`);
  const list = { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
  writeFileSync(file, JSON.stringify(list, undefined, 4));
  return file;
}
