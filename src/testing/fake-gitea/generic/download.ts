import { errorText, plainText } from '../answers';
import type { FakeAnswer, FakeHeader, FakeRequest } from '../exchange';
import type { Forge } from '../forge';
import { goPathEscape } from '../go-path-escape';
import type { FakeFile } from '../state';
import { rangeOf } from './range';

/** Sends a file, a range of it, or 416 (section 5 of the reference). */
export function download(forge: Forge, request: FakeRequest, file: FakeFile): FakeAnswer {
  const bytes = forge.state.blobs.get(file.sha256);
  if (bytes === undefined) return lost(file.sha256);
  const store = forge.settings.serveDirect;
  if (store !== undefined && request.method === 'GET') return elsewhere(`${store}/${file.sha256}`);
  const range = rangeOf(request.headers.range, bytes.length);
  const named = dispositionOf(file.name);
  const dated: readonly FakeHeader[] = [
    ['Cache-Control', forge.behavior.downloadCache],
    ['Last-Modified', new Date(file.createdAt).toUTCString()],
  ];
  if (range === 'unsatisfiable') {
    return errorText(416, 'invalid range: failed to overlap', [
      ...named,
      ...(forge.behavior.refusedRangeKeepsHeaders ? dated : []),
      ['Content-Range', `bytes */${bytes.length}`],
    ]);
  }
  const body = range === undefined ? bytes : bytes.subarray(range.first, range.last + 1);
  const part: readonly FakeHeader[] =
    range === undefined
      ? []
      : [['Content-Range', `bytes ${range.first}-${range.last}/${bytes.length}`]];
  return {
    status: range === undefined ? 200 : 206,
    headers: [
      ['Accept-Ranges', 'bytes'],
      ...named,
      ...dated,
      ['Content-Length', String(body.length)],
      ...part,
      ['Content-Type', 'application/octet-stream'],
      ['X-Content-Type-Options', 'nosniff'],
    ],
    body,
  };
}

/** A row without bytes: the server tells the file it misses. */
function lost(digest: string): FakeAnswer {
  const path = `/data/packages/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`;
  return plainText(500, `open ${path}: no such file or directory`);
}

/** SERVE_DIRECT. Written after the reference, section 1.3. */
function elsewhere(location: string): FakeAnswer {
  return {
    status: 303,
    headers: [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Location', location],
    ],
    body: `<a href="${location}">See Other</a>.\n\n`,
  };
}

function dispositionOf(name: string): readonly FakeHeader[] {
  return [
    ['Access-Control-Expose-Headers', 'Content-Disposition'],
    [
      'Content-Disposition',
      `attachment; filename="${name}"; filename*=UTF-8''${goPathEscape(name)}`,
    ],
  ];
}
