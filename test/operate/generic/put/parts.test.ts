import fc from 'fast-check';
import { Readable } from 'node:stream';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { GenericContext } from '../../../../src/operate/generic/context';
import { getFiles } from '../../../../src/operate/generic/get/get-files';
import type { PutResult } from '../../../../src/operate/generic/put/apply-put';
import { applyPut } from '../../../../src/operate/generic/put/apply-put';
import { planPut } from '../../../../src/operate/generic/put/put-plan';
import type { PutInput } from '../../../../src/operate/generic/put/put-step';
import { spooled } from '../../../../src/operate/generic/put/spool';
import { parseManifest } from '../../../../src/operate/generic/stored/chunk-manifest';
import { existingFile, existingVersion } from '../../../../src/operate/generic/stored/find-version';
import { rejection } from '../../../client/http/local-servers';
import { sha256, VERSION, workshop } from '../workshop';

const room = workshop();

interface PutOptions {
  readonly chunkSize?: number;
  readonly replace?: boolean;
  readonly context?: GenericContext;
}

async function put(input: PutInput, options: PutOptions = {}): Promise<PutResult> {
  const { chunkSize = 4, replace = false, context = room().context() } = options;
  const plan = await planPut(context, { version: VERSION, inputs: [input], replace, chunkSize });
  return (await applyPut(context, plan))[0];
}

/** Names of the files that were sent. */
function sent(): string[] {
  return room()
    .forge.gitea.requests.filter(({ method }) => method === 'PUT')
    .map(({ path }) => path.split('/').pop()!);
}

async function got(name: string): Promise<string> {
  const context = room().context();
  const stored = existingFile(context, VERSION, await existingVersion(context, VERSION), name);
  const target = join(room().folder, 'got', name);
  room().write('got/.keep', '');
  const [result] = await getFiles(context, VERSION, [{ stored, target }], { force: true });
  expect(result).toMatchObject({ status: expect.stringMatching(/downloaded|unchanged/) });
  return room().read(`got/${name}`);
}

const CONTENT = '0123456789';

const PARTS = { 'f.part-00001': '0123', 'f.part-00002': '4567', 'f.part-00003': '89' };

describe('a file in parts', () => {
  it('is stored as its parts, and a manifest that says so, sent last', async () => {
    const result = await put(await room().input('f', CONTENT));
    expect(result).toMatchObject({
      name: 'f',
      status: 'uploaded',
      parts: 3,
      content: { size: 10, sha256: sha256(CONTENT) },
    });
    const { 'f.manifest.json': text, ...parts } = room().contents();
    expect(parts).toEqual(PARTS);
    expect(parseManifest(text, 'f')).toEqual({
      schemaVersion: '1',
      name: 'f',
      size: 10,
      sha256: sha256(CONTENT),
      parts: Object.entries(PARTS).map(([name, part]) => ({
        name,
        size: part.length,
        sha256: sha256(part),
      })),
    });
    expect(sent()).toEqual([...Object.keys(PARTS), 'f.manifest.json']);
  });

  it.each([10, 11])('is stored as it is where %i bytes are no more than one part', async (size) => {
    expect(await put(await room().input('f', CONTENT), { chunkSize: size })).not.toHaveProperty(
      'parts',
    );
    expect(room().contents()).toEqual({ f: CONTENT });
  });

  it('comes back as the same bytes, whatever its size and the size of the parts', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
        fc.integer({ min: 1, max: 70 }),
        async (content, chunkSize) => {
          const name = `f${(number += 1)}`;
          const result = await put(await room().input(name, content), { chunkSize });
          expect(result.status).toBe('uploaded');
          expect(await got(name)).toBe(content);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('is read once', async () => {
    let read = 0;
    const watch: GenericContext['watch'] = {
      begin: () => ({ at: (bytes) => (read = Math.max(read, bytes)), end: () => undefined }),
    };
    await put(await room().input('f', CONTENT), { context: room().context({ watch }) });
    expect(read).toBe(CONTENT.length);
  });

  it('is not sent again when it is there, in whatever parts or as it is', async () => {
    const input = await room().input('f', CONTENT);
    await put(input);
    const before = sent();
    expect(await put(input)).toMatchObject({ status: 'unchanged' });
    expect(await put(input, { chunkSize: 3 })).toMatchObject({ status: 'unchanged' });
    expect(await put(input, { chunkSize: 100 })).toMatchObject({ status: 'unchanged' });
    expect(sent()).toEqual(before);
  });

  it('is never overwritten with other content', async () => {
    await put(await room().input('f', CONTENT));
    const before = room().contents();
    const other = await room().input('f', 'other');
    expect(await put(other)).toMatchObject({
      status: 'failed',
      error: { message: expect.stringMatching(/is there with other content .*REG920/) },
    });
    expect(await put(other, { chunkSize: 100 })).toMatchObject({ status: 'failed' });
    expect(room().contents()).toEqual(before);
  });

  it('keeps its parts from being put as files of their own', async () => {
    await put(await room().input('f', CONTENT));
    expect(await put(await room().input('f.part-00001', 'x'), { replace: true })).toMatchObject({
      error: { message: expect.stringMatching(/belongs to a file in parts/) },
    });
  });

  it('is refused in too many parts, before anything is sent', async () => {
    const input = await room().input('f', 'x'.repeat(10_001));
    const error = await rejection(put(input, { chunkSize: 1 }));
    expect(error.message).toBe(
      "--chunk-size '1' would make 10001 parts of 'f': at most 10000, so at least 2 bytes (REG920)",
    );
    expect(sent()).toEqual([]);
  });

  it('is refused with a name that leaves no room for theirs', async () => {
    const input = { ...(await room().input('f', CONTENT)), name: 'f'.repeat(242) };
    expect((await rejection(put(input))).message).toMatch(
      /must have at most 241 characters to be put in parts: .*\(REG920\)$/,
    );
  });
});

describe('an upload in parts that was interrupted', () => {
  it('goes on with what is missing, wherever it ended, and shows no half file meanwhile', async () => {
    for (let allowed = 0; allowed <= 3; allowed++) {
      const name = `f${allowed}`;
      let seen = 0;
      room().forge.proxy.set({
        breakOff: {
          at: 'request',
          match: ({ method }) => method === 'PUT' && (seen += 1) > allowed,
        },
      });
      const input = await room().input(name, CONTENT);
      const context = room().context({ isProxied: true });
      expect(await put(input, { context })).toMatchObject({ status: 'failed' });
      const half = Object.keys(room().contents()).filter((file) => file.startsWith(name));
      expect(half).toHaveLength(allowed);
      const { files } = await existingVersionOrNone();
      expect(files).not.toContain(name);
      room().forge.proxy.reset();
      const before = sent().length;
      expect(await put(input)).toMatchObject({ status: 'uploaded', parts: 3 });
      expect(sent().slice(before)).toHaveLength(4 - allowed);
      expect(await got(name)).toBe(CONTENT);
    }
  });

  it.each<[what: string, name: string, content: string]>([
    ['a part of another upload', 'f.part-00002', 'XXXX'],
    ['a part of another size', 'f.part-00002', 'XX'],
    ['a part too many', 'f.part-00004', 'XXXX'],
    ['something else under the name of the manifest', 'f.manifest.json', '{}'],
  ])('refuses %s, and replaces it only when asked', async (_, name, content) => {
    await room().stored(name, content);
    const input = await room().input('f', CONTENT);
    const refused = await put(input);
    expect(refused).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining(`--replace deletes it first`) },
    });
    expect(room().contents()).not.toHaveProperty('f');
    expect(room().contents()[name]).toBe(content);
    expect(await put(input, { replace: true })).toMatchObject({ status: 'replaced', parts: 3 });
    const { 'f.manifest.json': manifest, ...parts } = room().contents();
    expect(parts).toEqual(PARTS);
    expect(parseManifest(manifest, 'f')).toBeDefined();
  });

  it('keeps the parts that are right when the others are replaced', async () => {
    await room().stored('f.part-00001', '0123');
    await room().stored('f.part-00002', 'XXXX');
    const before = sent().length;
    await put(await room().input('f', CONTENT), { replace: true });
    expect(sent().slice(before)).toEqual(['f.part-00002', 'f.part-00003', 'f.manifest.json']);
  });
});

async function existingVersionOrNone(): Promise<{ readonly files: readonly string[] }> {
  const context = room().context();
  const found = await existingVersion(context, VERSION).catch(() => undefined);
  return { files: (found?.files ?? []).map(({ name }) => name) };
}

describe('replacing a file in parts', () => {
  it.each([4, 3, 5, 100])('puts the new one in parts of %i bytes', async (chunkSize) => {
    await put(await room().input('f', 'ABCDEFGHIJKLMNOP'));
    const input = await room().input('f', CONTENT);
    expect(await put(input, { chunkSize, replace: true })).toMatchObject({ status: 'replaced' });
    expect(await got('f')).toBe(CONTENT);
    const { files } = await existingVersionOrNone();
    expect(files).toEqual(['f']);
  });

  it('takes the place of a file that is stored as it is', async () => {
    await room().stored('f', 'old');
    expect(await put(await room().input('f', CONTENT), { replace: true })).toMatchObject({
      status: 'replaced',
    });
    expect(await got('f')).toBe(CONTENT);
    expect(room().contents()).not.toHaveProperty('f');
  });

  it('mends one whose parts are not what its manifest names', async () => {
    const input = await room().input('f', CONTENT);
    await put(input);
    await room().context().generic.deleteFile(VERSION, 'f.part-00002');
    expect(await put(input)).toMatchObject({
      error: {
        message: expect.stringMatching(
          /is there, but not whole \('f\.part-00002' is missing, .*--replace/,
        ),
      },
    });
    expect(await put(input, { replace: true })).toMatchObject({ status: 'replaced' });
    expect(await got('f')).toBe(CONTENT);
  });

  it('shows no half file wherever it is cut, and repeating the command ends it', async () => {
    for (let allowed = 0; allowed < 9; allowed++) {
      const name = `f${allowed}`;
      await put(await room().input(name, 'ABCDEFGHIJ'));
      let seen = 0;
      room().forge.proxy.set({
        breakOff: {
          at: 'request',
          match: ({ method }) => method !== 'GET' && (seen += 1) > allowed,
        },
      });
      const input = await room().input(name, CONTENT);
      const context = room().context({ isProxied: true });
      const cut = await put(input, { replace: true, context });
      const { files } = await existingVersionOrNone();
      if (files.includes(name)) {
        expect(await got(name)).toBe(cut.status === 'failed' ? 'ABCDEFGHIJ' : CONTENT);
      } else {
        expect(cut).toMatchObject({
          error: { message: expect.stringContaining('IS MISSING NOW') },
        });
      }
      room().forge.proxy.reset();
      await put(input, { replace: true });
      expect(await got(name)).toBe(CONTENT);
    }
  });
});

it('spools standard input to a file only the user can read, and takes it away again', async () => {
  let place = '';
  const size = await spooled(
    Readable.from([Buffer.from('he'), Buffer.from('llo')]),
    async (file) => {
      place = file.path;
      expect(statSync(place).mode & 0o777).toBe(0o600);
      return file.size;
    },
  );
  expect(size).toBe(5);
  expect(existsSync(place)).toBe(false);
});

it('puts no manifest for a part the server lists with another checksum', async () => {
  const context = room().context();
  const packages: GenericContext['packages'] = Object.create(context.packages, {
    files: {
      value: async (...reference: Parameters<typeof context.packages.files>) =>
        (await context.packages.files(...reference)).map((file) =>
          file.name === 'f.part-00002' ? { ...file, sha256: sha256('other') } : file,
        ),
    },
  });
  const result = await put(await room().input('f', CONTENT), { context: { ...context, packages } });
  expect(result).toMatchObject({
    error: {
      message: expect.stringMatching(
        /part-00002' was stored with another checksum than was sent, it was deleted again/,
      ),
    },
  });
  expect(Object.keys(room().contents())).toEqual(['f.part-00001', 'f.part-00003']);
});

it('trusts no manifest whose bytes are not the ones the API lists', async () => {
  await put(await room().input('f', CONTENT));
  room().forge.proxy.set({
    flippedByte: { at: 30, match: ({ path }) => path.endsWith('/f.manifest.json') },
  });
  const context = room().context({ isProxied: true });
  expect((await rejection(existingVersion(context, VERSION))).message).toMatch(
    /f\.manifest\.json' does not have the checksum the API lists: .*\(REG735\)$/,
  );
});

it('takes a file that is only called like a manifest for a file', async () => {
  await room().stored('f.manifest.json', '{"mine": true}');
  await room().stored('f.part-00001', 'x');
  expect((await existingVersionOrNone()).files).toEqual(['f.manifest.json', 'f.part-00001']);
});
