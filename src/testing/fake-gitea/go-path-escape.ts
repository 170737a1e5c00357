/** Signs `encodeURIComponent` escapes and Go keeps, and the other way round. */
const KEPT = /%(?:24|26|2B|3A|3D|40)/g;
const ESCAPED = /[!'()*]/g;

/** A path segment as Go's `url.PathEscape` writes it. */
export function goPathEscape(text: string): string {
  return encodeURIComponent(text)
    .replace(KEPT, (escape) => decodeURIComponent(escape))
    .replace(ESCAPED, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
