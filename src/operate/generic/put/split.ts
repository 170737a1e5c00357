import { GENERIC_FILE } from '../../../client/generic/file-name';
import { refuse } from '../../../declaration/problem';
import { LONGEST_CHUNKED_NAME, MOST_PARTS, partName } from '../stored/chunk-names';
import type { GenericContext } from '../context';
import type { Content, Digests } from '../digests';
import { FileBody } from './file-body';
import type { LocalFile } from './local-file';
import type { PartRange } from './put-step';

/**
 * The parts of a file.
 *
 * @param chunkSize bytes of each part but the last
 * @returns undefined when the file is not larger than one part: it is put as it is
 * @throws DeclarationError REG920 when there would be too many parts, or the name leaves no room for theirs
 */
export function split(
  name: string,
  size: number,
  chunkSize: number | undefined,
): PartRange[] | undefined {
  if (chunkSize === undefined || size <= chunkSize) {
    return undefined;
  }
  const count = Math.ceil(size / chunkSize);
  if (count > MOST_PARTS) {
    refuse(
      '--chunk-size',
      `${chunkSize}`,
      `would make ${count} parts of '${name}': at most ${MOST_PARTS}, so at least ${Math.ceil(size / MOST_PARTS)} bytes`,
      'REG920',
    );
  }
  if (name.length > LONGEST_CHUNKED_NAME) {
    const most = `must have at most ${LONGEST_CHUNKED_NAME} characters to be put in parts: ${GENERIC_FILE.maxLength} with what is added`;
    refuse('file name', name, most, 'REG920');
  }
  return Array.from({ length: count }, (_, index) => ({
    name: partName(name, index),
    from: index * chunkSize,
    to: Math.min(size, (index + 1) * chunkSize),
  }));
}

/** What a file holds, and each of its parts. */
export interface ReadParts {
  readonly content: Content;
  readonly parts: readonly (PartRange & { readonly sha256: string })[];
}

/**
 * Reads a file once, and knows it and its parts afterwards.
 *
 * @throws LocalError when it cannot be read or changed meanwhile
 */
export async function readParts(
  { signal }: Pick<GenericContext, 'signal'>,
  file: LocalFile,
  ranges: readonly PartRange[],
  onRead?: (at: number) => void,
): Promise<ReadParts> {
  const parts: (PartRange & { readonly sha256: string })[] = [];
  let before: Digests | undefined;
  for (const range of ranges) {
    const body = new FileBody(file, { ...range, before, onRead });
    const { sha256 } = await body.read(signal);
    parts.push({ ...range, sha256 });
    before = body.whole;
  }
  return { content: before!.content(), parts };
}
