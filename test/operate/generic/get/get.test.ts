import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { GenericContext } from '../../../../src/operate/generic/context';
import type { GetOptions, GetResult } from '../../../../src/operate/generic/get/get-files';
import { getFiles, previewFiles } from '../../../../src/operate/generic/get/get-files';
import {
  existingFile,
  existingVersion,
  meantVersion,
} from '../../../../src/operate/generic/stored/find-version';
import type { StoredFile } from '../../../../src/operate/generic/stored/stored-version';
import { FaultProxy } from '../../../../src/testing';
import { rejection } from '../../../client/http/local-servers';
import type { ContextOptions } from '../workshop';
import { sha256, VERSION, workshop } from '../workshop';

const room = workshop();

const CONTENT = Array.from({ length: 5000 }, (_, index) => `${index} `).join('');

const isFile = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === 'GET' && path.startsWith('/api/packages/');

async function listed(name: string, context = room().context()): Promise<StoredFile> {
  return existingFile(context, VERSION, await existingVersion(context, VERSION), name);
}

/** Gets one file into the folder, through the proxy. */
async function get(
  name: string,
  options: GetOptions & ContextOptions & { readonly context?: GenericContext } = {},
): Promise<GetResult> {
  const context = options.context ?? room().context({ isProxied: true, ...options });
  const target = join(room().folder, name);
  const stored = await listed(name, context);
  return (await getFiles(context, VERSION, [{ stored, target }], options))[0];
}

function errorOf(result: GetResult): string {
  return result.status === 'failed' ? result.error.message : '';
}

/** `Range` of each request for a file. */
function ranges(): (string | undefined)[] {
  return room()
    .forge.proxy.requests.filter(isFile)
    .map(({ headers }) => headers.find(([name]) => name.toLowerCase() === 'range')?.[1]);
}

/** Cuts every answer with a file after so many bytes. */
function cut(afterBytes: number, times = Infinity): void {
  room().forge.proxy.set({ responseCut: { afterBytes, times, match: isFile } });
}

describe('getting a file', () => {
  it.each(['hello', '', CONTENT])(
    'writes it whole under its name and leaves nothing else',
    async (content) => {
      await room().stored('f', content);
      expect(await get('f')).toMatchObject({ status: 'downloaded', stored: { name: 'f' } });
      expect(room().read('f')).toBe(content);
      expect(room().list()).toEqual(['f']);
    },
  );

  it('does nothing where the same bytes are there already', async () => {
    await room().stored('f', 'hello');
    const path = room().write('f', 'hello');
    const before = statSync(path, { bigint: true }).mtimeNs;
    expect(await get('f')).toMatchObject({ status: 'unchanged' });
    expect(statSync(path, { bigint: true }).mtimeNs).toBe(before);
    expect(ranges()).toEqual([]);
  });

  it('keeps other content that is there, unless it is forced', async () => {
    await room().stored('f', 'hello');
    room().write('f', 'HELLO');
    expect(errorOf(await get('f'))).toBe(
      `'${join(room().folder, 'f')}' is there with other content: --force replaces it`,
    );
    expect(room().read('f')).toBe('HELLO');
    expect(await get('f', { force: true })).toMatchObject({ status: 'downloaded' });
    expect(room().read('f')).toBe('hello');
  });

  it('shows what it would do', async () => {
    await room().stored('f', 'hello');
    await room().stored('g', 'hello');
    await room().stored('h', 'hello');
    room().write('g', 'hello');
    room().write('h', 'other');
    const context = room().context();
    const { files } = await existingVersion(context, VERSION);
    const wanted = files.map((stored) => ({ stored, target: join(room().folder, stored.name) }));
    const preview = await previewFiles(context, wanted);
    expect(preview.map(({ targetState }) => targetState)).toEqual(['free', 'equal', 'taken']);
    expect(room().list()).toEqual(['g', 'h']);
  });

  it('refuses a folder as its target', async () => {
    await room().stored('f', 'hello');
    room().write('f/x', '');
    expect(errorOf(await get('f'))).toMatch(/cannot be written: it is a folder \(EISDIR\)$/);
  });

  it('says that the target cannot be written', async () => {
    await room().stored('f', 'hello');
    const context = room().context();
    const target = join(room().folder, 'no', 'f');
    const [result] = await getFiles(context, VERSION, [{ stored: await listed('f'), target }]);
    expect(errorOf(result)).toMatch(/cannot be written: it is not there \(ENOENT\)$/);
  });

  it('follows the server to an object store, which gets no credential', async () => {
    await room().stored('f', 'hello');
    const store = await FaultProxy.start(room().forge.gitea.url);
    try {
      room().forge.proxy.set({
        redirect: { status: 303, location: `${store.url}{path}`, match: isFile },
      });
      expect(await get('f')).toMatchObject({ status: 'downloaded' });
      expect(room().read('f')).toBe('hello');
      const names = store.requests.flatMap(({ headers }) =>
        headers.map(([name]) => name.toLowerCase()),
      );
      expect(store.requests).toHaveLength(1);
      expect(names).not.toContain('authorization');
    } finally {
      await store.close();
    }
  });

  it('fails one file alone', async () => {
    await room().stored('a', 'a');
    await room().stored('b', 'b');
    room().write('a', 'other');
    const context = room().context();
    const { files } = await existingVersion(context, VERSION);
    const wanted = files.map((stored) => ({ stored, target: join(room().folder, stored.name) }));
    const results = await getFiles(context, VERSION, wanted);
    expect(results.map(({ status }) => status)).toEqual(['failed', 'downloaded']);
  });
});

describe('a connection that is cut', () => {
  it('is made again from where it ended, as long as bytes come', async () => {
    await room().stored('f', CONTENT);
    cut(5000);
    expect(await get('f')).toMatchObject({ status: 'downloaded' });
    expect(room().read('f')).toBe(CONTENT);
    const starts = ranges().map((range) => Number(/^bytes=(\d+)-/.exec(range ?? 'bytes=0-')![1]));
    expect(starts.length).toBe(Math.ceil(CONTENT.length / 5000));
    expect(starts).toEqual(starts.map((_, index) => index * 5000));
  });

  it('is given up where nothing comes any more, and what came is kept', async () => {
    await room().stored('f', CONTENT);
    room().forge.proxy.set({
      responseCut: [
        { afterBytes: 7000, times: 1, match: isFile },
        { afterBytes: 0, match: isFile },
      ],
    });
    expect(errorOf(await get('f'))).toMatch(
      /ended its answer .* before it was complete.*\(REG210\)$/,
    );
    expect(room().list()).toEqual(['f.partial', 'f.partial.json']);
    expect(JSON.parse(room().read('f.partial.json'))).toMatchObject({
      schemaVersion: '1',
      place: 'coulomb/tool@1.0.0/f',
      size: CONTENT.length,
      sha256: sha256(CONTENT),
      done: [[0, 7000]],
    });
  });

  it('leaves what the next run goes on with, asking for the rest alone', async () => {
    await room().stored('f', CONTENT);
    room().forge.proxy.set({
      responseCut: [
        { afterBytes: 7000, times: 1, match: isFile },
        { afterBytes: 0, match: isFile },
      ],
    });
    await get('f');
    room().forge.proxy.reset();
    room().forge.proxy.forgetRequests();
    expect(await get('f')).toMatchObject({ status: 'resumed' });
    expect(ranges()).toEqual([`bytes=7000-${CONTENT.length - 1}`]);
    expect(room().read('f')).toBe(CONTENT);
    expect(room().list()).toEqual(['f']);
  });

  it('is told by the caller, too: an abort keeps what came', async () => {
    await room().stored('f', CONTENT);
    const abort = new AbortController();
    room().forge.proxy.set({
      responseCut: { afterBytes: 7000, how: 'silence', match: isFile },
    });
    const watch: GenericContext['watch'] = {
      begin: () => ({
        at: (bytes) => {
          if (bytes === 7000) {
            abort.abort(new Error('enough'));
          }
        },
        end: () => undefined,
      }),
    };
    const result = await get('f', { signal: abort.signal, watch });
    expect(errorOf(result)).toBe('enough');
    expect(JSON.parse(room().read('f.partial.json'))).toMatchObject({ done: [[0, 7000]] });
    room().forge.proxy.reset();
    expect(await get('f')).toMatchObject({ status: 'resumed' });
    expect(room().read('f')).toBe(CONTENT);
  });
});

/** Leaves the first 7000 bytes of `f` as an earlier run would. */
async function half(): Promise<void> {
  room().forge.proxy.set({
    responseCut: [
      { afterBytes: 7000, times: 1, match: isFile },
      { afterBytes: 0, match: isFile },
    ],
  });
  expect(await get('f')).toMatchObject({ status: 'failed' });
  room().forge.proxy.reset();
  room().forge.proxy.forgetRequests();
}

describe('what an earlier run left', () => {
  beforeEach(() => room().stored('f', CONTENT));

  it.each<[what: string, change: () => void]>([
    ['no record', () => room().write('f.partial.json', '')],
    ['a record that is none', () => room().write('f.partial.json', '[1]')],
    [
      'a record of other bytes',
      () => room().write('f.partial.json', record({ sha256: sha256('other') })),
    ],
    ['a record of another row', () => room().write('f.partial.json', record({ ids: [999] }))],
    ['a record of another server', () => room().write('f.partial.json', record({ origin: 'x' }))],
    [
      'a record with ranges outside',
      () => room().write('f.partial.json', record({ done: [[0, 1e9]] })),
    ],
    [
      'a record with wrong ranges',
      () => room().write('f.partial.json', record({ done: [[5, 2]] })),
    ],
    ['bytes of another length', () => room().write('f.partial', 'short')],
  ])('is not used with %s', async (_, change) => {
    await half();
    change();
    expect(await get('f')).toMatchObject({ status: 'downloaded' });
    expect(ranges()).toEqual([undefined]);
    expect(room().read('f')).toBe(CONTENT);
    expect(room().list()).toEqual(['f']);
  });

  it('is fetched anew once it turns out to be wrong', async () => {
    await half();
    const partial = readFileSync(join(room().folder, 'f.partial'));
    partial[3] ^= 1;
    room().write('f.partial', partial);
    expect(await get('f')).toMatchObject({ status: 'downloaded' });
    expect(ranges()).toEqual([`bytes=7000-${CONTENT.length - 1}`, undefined]);
    expect(room().read('f')).toBe(CONTENT);
  });

  it('is dropped where the whole file is there already', async () => {
    await half();
    room().write('f', CONTENT);
    expect(await get('f')).toMatchObject({ status: 'unchanged' });
    expect(room().list()).toEqual(['f']);
  });

  it('is used by a server that sends the whole file whatever is asked for', async () => {
    await half();
    room().forge.proxy.set({ requestHeaders: { strip: ['Range'], match: isFile } });
    expect(await get('f')).toMatchObject({ status: 'resumed' });
    expect(room().read('f')).toBe(CONTENT);
  });

  function record(changes: object): string {
    return JSON.stringify({ ...JSON.parse(room().read('f.partial.json')), ...changes });
  }
});

describe('bytes that are not the listed ones', () => {
  beforeEach(() => room().stored('f', CONTENT));

  it('are deleted, and said to be wrong', async () => {
    room().forge.proxy.set({ flippedByte: { at: 10, match: isFile } });
    expect(errorOf(await get('f'))).toMatch(
      new RegExp(
        `^'coulomb/tool@1\\.0\\.0/f' came with sha256 [0-9a-f]{64}, and the API lists ${sha256(CONTENT)}: what came was deleted; .*\\(REG735\\)$`,
      ),
    );
    expect(room().list()).toEqual([]);
  });

  it('do not replace what is there, even when it is forced', async () => {
    room().write('f', 'mine');
    room().forge.proxy.set({ flippedByte: { match: isFile } });
    expect(await get('f', { force: true })).toMatchObject({ status: 'failed' });
    expect(room().read('f')).toBe('mine');
  });

  it('are not a shorter file with a length of its own', async () => {
    room().forge.proxy.set({ responseCut: { afterBytes: 100, how: 'complete', match: isFile } });
    expect(errorOf(await get('f'))).toMatch(/has another length than the API lists.*\(REG735\)$/);
    expect(room().list()).not.toContain('f');
  });

  it('are looked at again where the file was put anew meanwhile', async () => {
    const context = room().context({ isProxied: true });
    const stored = await listed('f', context);
    await context.generic.deleteFile(VERSION, 'f');
    await room().stored('f', 'new');
    const target = join(room().folder, 'f');
    const [result] = await getFiles(context, VERSION, [{ stored, target }]);
    expect(result).toMatchObject({ status: 'downloaded', stored: { sha256: sha256('new') } });
    expect(room().read('f')).toBe('new');
  });

  it('are looked at again where bytes of the same length were put anew', async () => {
    const context = room().context({ isProxied: true });
    const stored = await listed('f', context);
    const other = CONTENT.replaceAll('1', '2');
    await context.generic.deleteFile(VERSION, 'f');
    await room().stored('f', other);
    const target = join(room().folder, 'f');
    const [result] = await getFiles(context, VERSION, [{ stored, target }]);
    expect(result).toMatchObject({ status: 'downloaded' });
    expect(room().read('f')).toBe(other);
  });

  it('are not there any more where the file was deleted meanwhile', async () => {
    const context = room().context();
    const stored = await listed('f', context);
    await context.generic.deleteFile(VERSION, 'f');
    const target = join(room().folder, 'f');
    const [result] = await getFiles(context, VERSION, [{ stored, target }]);
    expect(errorOf(result)).toBe(
      "'coulomb/tool@1.0.0' is not there; 'generic ls coulomb/tool' shows the versions (REG913)",
    );
  });

  it('cannot be had where the store lost them', async () => {
    room().forge.gitea.loseBlob(`sha256:${sha256(CONTENT)}`);
    expect(errorOf(await get('f'))).toMatch(/\(REG735\)$/);
  });

  it('are given up where the file changes all the time', async () => {
    const context = room().context();
    let row = 0;
    const packages: GenericContext['packages'] = Object.create(context.packages, {
      files: {
        value: async () => [{ id: (row += 1), name: 'f', size: 3, sha256: sha256(`${row}`) }],
      },
    });
    const changing = { ...context, packages };
    expect(errorOf(await get('f', { context: changing }))).toMatch(
      /was put anew 3 times while it was downloaded.*\(REG920\)$/,
    );
    expect(room().list()).not.toContain('f');
  });
});

describe('the version that is meant', () => {
  it('is the highest by SemVer for latest, and the one that is named otherwise', async () => {
    const context = room().context();
    for (const version of ['1.10.0', '1.9.0', '2.0.0-rc.1']) {
      await room().forge.put('tool', version);
    }
    const place = { owner: 'coulomb', name: 'tool' };
    expect(await meantVersion(context, { ...place, version: 'latest' })).toMatchObject({
      version: '1.10.0',
    });
    expect(await meantVersion(context, { ...place, version: '1.9.0' })).toMatchObject({
      version: '1.9.0',
    });
  });

  it('is not there for a package without versions', async () => {
    const place = { owner: 'coulomb', name: 'none', version: 'latest' };
    const error = await rejection(meantVersion(room().context(), place));
    expect(error.message).toMatch(/^'coulomb\/none' has no version: .*\(REG913\)$/);
  });

  it('offers names that are like the one that was typed', async () => {
    await room().stored('tool.tgz', 'x');
    const error = await rejection(listed('tool.tar'));
    expect(error.message).toBe(
      "'coulomb/tool@1.0.0/tool.tar' is not there; there is 'tool.tgz' (REG913)",
    );
    expect((await rejection(listed('zzz'))).message).toBe(
      "'coulomb/tool@1.0.0/zzz' is not there; 'generic ls coulomb/tool@1.0.0' shows the files (REG913)",
    );
  });
});
