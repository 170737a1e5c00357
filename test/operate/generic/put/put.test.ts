import { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { GenericContext } from '../../../../src/operate/generic/context';
import { genericContext } from '../../../../src/operate/generic/context';
import type { PutResult } from '../../../../src/operate/generic/put/apply-put';
import { applyPut } from '../../../../src/operate/generic/put/apply-put';
import type { PutRequest } from '../../../../src/operate/generic/put/put-plan';
import { planPut } from '../../../../src/operate/generic/put/put-plan';
import type { PutInput } from '../../../../src/operate/generic/put/put-step';
import { rejection } from '../../../client/http/local-servers';
import { sha256, VERSION, workshop } from '../workshop';

const room = workshop();

/** Plans and carries out. */
async function put(
  inputs: readonly PutInput[],
  request: Partial<PutRequest> = {},
  context: GenericContext = room().context(),
): Promise<PutResult[]> {
  const plan = await planPut(context, { version: VERSION, inputs, replace: false, ...request });
  return applyPut(context, plan);
}

function statuses(results: readonly PutResult[]): string[] {
  return results.map(({ status }) => status);
}

function messages(results: readonly PutResult[]): string[] {
  return results.flatMap((result) => (result.status === 'failed' ? [result.error.message] : []));
}

/** Methods of requests for files, in order. */
function writes(): string[] {
  return room()
    .forge.gitea.requests.filter(
      ({ method, path }) => method !== 'GET' && path.includes('/generic/'),
    )
    .map(({ method, path }) => `${method} ${path.split('/').pop()}`);
}

describe('putting files', () => {
  it('stores what is not there, and gives size and digests', async () => {
    const results = await put([
      await room().input('a.txt', 'hello'),
      await room().input('empty', ''),
    ]);
    expect(results).toEqual([
      {
        name: 'a.txt',
        status: 'uploaded',
        content: {
          size: 5,
          sha256: sha256('hello'),
          sha512:
            '9b71d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043',
        },
      },
      expect.objectContaining({ name: 'empty', status: 'uploaded' }),
    ]);
    expect(room().contents()).toEqual({ 'a.txt': 'hello', empty: '' });
  });

  it('sends nothing for what is there with the same content, whatever the case of the name', async () => {
    await room().stored('A.txt', 'hello');
    const results = await put([await room().input('a.txt', 'hello')]);
    expect(results).toMatchObject([{ status: 'unchanged', content: { sha256: sha256('hello') } }]);
    expect(writes()).toEqual(['PUT A.txt']);
  });

  it.each([
    ['as long', 'HELLO'],
    ['longer', 'hello!'],
  ])('never overwrites what is there with other content, %s', async (_, content) => {
    await room().stored('a.txt', 'hello');
    const results = await put([await room().input('a.txt', content), await room().input('b', 'b')]);
    expect(statuses(results)).toEqual(['failed', 'uploaded']);
    expect(messages(results)).toEqual([
      `'coulomb/tool@1.0.0/a.txt' is there with other content (5 bytes, sha256 ${sha256('hello')}): a file is never overwritten; --replace deletes it first, or put a new version (REG920)`,
    ]);
    expect(room().contents()).toEqual({ 'a.txt': 'hello', b: 'b' });
  });

  it('creates the version with one file alone, the smallest, before it sends the others', async () => {
    await put([
      await room().input('big', 'x'.repeat(100)),
      await room().input('small', 'x'),
      await room().input('middle', 'x'.repeat(10)),
    ]);
    expect(writes()[0]).toBe('PUT small');
    expect(writes()).toHaveLength(3);
  });

  it('takes what somebody else put meanwhile for its own when the content is the same', async () => {
    const context = room().context();
    const inputs = [await room().input('a', 'same'), await room().input('b', 'mine')];
    const plan = await planPut(context, { version: VERSION, inputs, replace: false });
    await room().stored('a', 'same');
    await room().stored('b', 'theirs');
    const results = await applyPut(context, plan);
    expect(statuses(results)).toEqual(['unchanged', 'failed']);
    expect(messages(results)).toEqual([
      "'coulomb/tool@1.0.0/b' is there with other content, put by somebody else meanwhile: a file is never overwritten; put a new version (REG920)",
    ]);
  });

  it('knows that a file was stored although the answer was lost', async () => {
    room().forge.proxy.set({
      breakOff: { at: 'answer', match: ({ method }) => method === 'PUT' },
    });
    const results = await put(
      [await room().input('a', 'hello')],
      {},
      room().context({ isProxied: true }),
    );
    expect(statuses(results)).toEqual(['uploaded']);
    expect(room().contents()).toEqual({ a: 'hello' });
  });

  it('deletes what the server lists with another checksum than was sent', async () => {
    const context = room().context();
    let listings = 0;
    const packages: GenericContext['packages'] = Object.create(context.packages, {
      files: {
        value: async (...reference: Parameters<typeof context.packages.files>) => {
          const files = await context.packages.files(...reference);
          listings += 1;
          return listings === 1
            ? files.map((file) => ({ ...file, sha256: sha256('other') }))
            : files;
        },
      },
    });
    await room().stored('there', 'x');
    listings = 0;
    const plan = await planPut(context, {
      version: VERSION,
      inputs: [await room().input('a', 'hello')],
      replace: false,
    });
    const results = await applyPut({ ...context, packages }, plan);
    expect(messages(results)).toEqual([
      "'coulomb/tool@1.0.0/a' was stored with another checksum than was sent, it was deleted again: something on the way, or the store, changes bytes (REG735)",
    ]);
    expect(room().contents()).toEqual({ there: 'x' });
  });

  it('says that a checksum could not be compared, and that repeating does it', async () => {
    const context = room().context({ isProxied: true });
    await room().stored('there', 'x');
    const inputs = [await room().input('a', 'hello')];
    const plan = await planPut(context, { version: VERSION, inputs, replace: false });
    room().forge.proxy.set({
      answer: {
        status: 404,
        headers: [],
        body: 'no',
        match: ({ path }: { readonly path: string }) => path.endsWith('/files'),
      },
    });
    const [message] = messages(await applyPut(context, plan));
    expect(message).toMatch(
      /^'coulomb\/tool@1.0.0\/a' was stored, but its checksum cannot be compared: .*; repeat the command to compare it \(REG\d+\)$/,
    );
    room().forge.proxy.reset();
    expect(statuses(await put(inputs))).toEqual(['unchanged']);
  });

  it('stores nothing of a file that is written to while it is read', async () => {
    const content = 'x'.repeat(1_000_000);
    const input = await room().input('growing', content);
    let isWritten = false;
    const watch: GenericContext['watch'] = {
      begin: () => ({
        at: () => {
          if (!isWritten) {
            isWritten = true;
            appendFileSync(join(room().folder, 'growing'), 'more');
          }
        },
        end: () => undefined,
      }),
    };
    const results = await put([input], {}, room().context({ watch }));
    expect(messages(results)).toEqual([
      "'growing' changed while it was read, so nothing of it was kept; repeat once it is written",
    ]);
    expect(room().contents()).toEqual({});
  });

  it.each<[how: string, change: (path: string) => void]>([
    ['became shorter', (path) => writeFileSync(path, 'x')],
    ['was written with the same length', (path) => writeFileSync(path, 'HELLO')],
    ['was touched', (path) => utimesSync(path, 1, 1)],
  ])('stores nothing of a file that %s since it was looked at', async (_, change) => {
    const path = room().write('a', 'hello');
    utimesSync(path, 2, 2);
    const input = await room().input('a');
    change(path);
    const results = await put([input]);
    expect(statuses(results)).toEqual(['failed']);
    expect(room().contents()).toEqual({});
  });

  it('ends with the reason of the signal, and leaves nothing half', async () => {
    const abort = new AbortController();
    const watch: GenericContext['watch'] = {
      begin: (name) => ({
        at: () => {
          if (name === 'b') {
            abort.abort(new Error('enough'));
          }
        },
        end: () => undefined,
      }),
    };
    const inputs = [
      await room().input('a', 'first'),
      await room().input('b', 'x'.repeat(2_000_000)),
      await room().input('c', 'x'.repeat(2_000_001)),
    ];
    const results = await put(inputs, {}, room().context({ watch, signal: abort.signal }));
    expect(results[0].status).toBe('uploaded');
    expect(messages(results.slice(1))).toEqual(['enough', 'enough']);
    expect(room().contents()).toEqual({ a: 'first' });
  });

  it('fails each file with the words of the server, such as a quota', async () => {
    room().forge.gitea.configure({ sizeLimits: { generic: 3 } });
    const results = await put(
      [await room().input('a', 'hello'), await room().input('b', 'b')],
      {},
      genericContext(room().forge.target('publisher')),
    );
    expect(statuses(results)).toEqual(['failed', 'uploaded']);
    expect(messages(results)[0]).toMatch(/\(REG460\)$/);
  });
});

describe('putting standard input', () => {
  const stream = (...chunks: readonly string[]): Readable =>
    Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

  it('streams it under its name', async () => {
    const results = await put([{ name: 'in', stream: stream('he', 'llo') }]);
    expect(results).toMatchObject([
      { name: 'in', status: 'uploaded', content: { size: 5, sha256: sha256('hello') } },
    ]);
    expect(room().contents()).toEqual({ in: 'hello' });
  });

  it('compares it with what is there', async () => {
    await room().stored('in', 'hello');
    expect(statuses(await put([{ name: 'in', stream: stream('hello') }]))).toEqual(['unchanged']);
    const results = await put([{ name: 'in', stream: stream('other') }]);
    expect(messages(results)[0]).toMatch(/is there with other content .* \(REG920\)$/);
    expect(room().contents()).toEqual({ in: 'hello' });
  });

  it('stores nothing when it fails in the middle', async () => {
    const broken = new Readable({
      read() {
        this.push('half');
        this.destroy(new Error('the pipe broke'));
      },
    });
    const results = await put([{ name: 'in', stream: broken }]);
    expect(messages(results)).toEqual(['the pipe broke']);
    expect(room().contents()).toEqual({});
  });
});

describe('replacing files', () => {
  it('plans what is deleted, and reads the new bytes before', async () => {
    await room().stored('a', 'old');
    const plan = await planPut(room().context(), {
      version: VERSION,
      inputs: [await room().input('a', 'new!'), await room().input('b', 'b')],
      replace: true,
    });
    expect(plan.steps).toMatchObject([
      {
        action: 'replace',
        content: { sha256: sha256('new!') },
        deletes: [{ name: 'a', sha256: sha256('old') }],
      },
      { action: 'upload' },
    ]);
    expect(room().contents()).toEqual({ a: 'old' });
  });

  it('deletes, then stores', async () => {
    await room().stored('a', 'old');
    const results = await put([await room().input('a', 'new')], { replace: true });
    expect(results).toMatchObject([{ status: 'replaced', content: { sha256: sha256('new') } }]);
    expect(room().contents()).toEqual({ a: 'new' });
    expect(writes()).toEqual(['PUT a', 'DELETE a', 'PUT a']);
  });

  it('deletes nothing for a local file that changed since the plan', async () => {
    await room().stored('a', 'old');
    const context = room().context();
    const inputs = [await room().input('a', 'new')];
    const plan = await planPut(context, { version: VERSION, inputs, replace: true });
    room().write('a', 'newer');
    expect(messages(await applyPut(context, plan))[0]).toMatch(/^'a' changed while it was read/);
    expect(room().contents()).toEqual({ a: 'old' });
  });

  it('deletes nothing that was not in the plan', async () => {
    await room().stored('a', 'old');
    const context = room().context();
    const inputs = [await room().input('a', 'new')];
    const plan = await planPut(context, { version: VERSION, inputs, replace: true });
    await context.generic.deleteFile(VERSION, 'a');
    await room().stored('a', 'theirs');
    expect(messages(await applyPut(context, plan))).toEqual([
      "'coulomb/tool@1.0.0/a' was changed by somebody else since the plan: nothing was deleted; repeat the command (REG920)",
    ]);
    expect(room().contents()).toEqual({ a: 'theirs' });
  });

  it('says loudly that a file is gone when the new one cannot be stored, and repeating puts it', async () => {
    await room().stored('a', 'old');
    await room().stored('other', 'x');
    room().forge.proxy.set({
      bodyLimit: { bytes: 2, style: 'nginx', match: ({ method }) => method === 'PUT' },
    });
    const inputs = [await room().input('a', 'new')];
    const context = room().context({ isProxied: true });
    const [message] = messages(await put(inputs, { replace: true }, context));
    expect(message).toMatch(
      /^'coulomb\/tool@1\.0\.0\/a' IS MISSING NOW: the old file was deleted, and the new one is not stored: .*; 'a' is as it was, repeat the same command to put it \(REG450\)$/,
    );
    expect(room().contents()).toEqual({ other: 'x' });
    room().forge.proxy.reset();
    expect(statuses(await put(inputs, { replace: true }))).toEqual(['uploaded']);
    expect(room().contents()).toEqual({ a: 'new', other: 'x' });
  });

  it('keeps the old file when it cannot be deleted', async () => {
    await room().stored('a', 'old');
    room().forge.proxy.set({
      answer: {
        status: 403,
        headers: [],
        body: 'Forbidden',
        match: ({ method }: { readonly method: string }) => method === 'DELETE',
      },
    });
    const context = room().context({ isProxied: true });
    const results = await put([await room().input('a', 'new')], { replace: true }, context);
    expect(messages(results)[0]).not.toMatch(/MISSING/);
    expect(statuses(results)).toEqual(['failed']);
    expect(room().contents()).toEqual({ a: 'old' });
  });
});

it('fails as a whole when the version cannot be read', async () => {
  room().forge.proxy.set({ answer: { status: 502, headers: [], body: '' } });
  const error = await rejection(
    put([await room().input('a', 'x')], {}, room().context({ isProxied: true })),
  );
  expect(error.message).toMatch(/list the files of 'coulomb\/generic\/tool@1\.0\.0'/);
  expect(writes()).toEqual([]);
});
