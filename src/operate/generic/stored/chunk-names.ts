/** Most parts of one file: the API lists the files of a version in one document. */
export const MOST_PARTS = 10_000;

const MANIFEST_SUFFIX = '.manifest.json';
const PART_SUFFIX = /\.part-(\d{5})$/;

/** Longest name of a file that may be sent in parts: the manifest's name must fit too. */
export const LONGEST_CHUNKED_NAME = 255 - MANIFEST_SUFFIX.length;

/** Name of the document that says how a file was split: `app.img.manifest.json`. */
export function manifestName(file: string): string {
  return `${file}${MANIFEST_SUFFIX}`;
}

/** The file a manifest is for, by the manifest's name; undefined for another name. */
export function manifestOf(name: string): string | undefined {
  return name.length > MANIFEST_SUFFIX.length && name.toLowerCase().endsWith(MANIFEST_SUFFIX)
    ? name.slice(0, -MANIFEST_SUFFIX.length)
    : undefined;
}

/**
 * Name of one part: `app.img.part-00001`.
 *
 * @param index from 0
 */
export function partName(file: string, index: number): string {
  return `${file}.part-${`${index + 1}`.padStart(5, '0')}`;
}

/** The file a part belongs to and which part it is, from 0, by the part's name; undefined for another name. */
export function partOf(
  name: string,
): { readonly file: string; readonly index: number } | undefined {
  const digits = PART_SUFFIX.exec(name.toLowerCase())?.[1];
  const file = name.slice(0, -'.part-00001'.length);
  return digits === undefined || file === '' || Number(digits) === 0
    ? undefined
    : { file, index: Number(digits) - 1 };
}
