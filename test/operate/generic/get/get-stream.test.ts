import { Writable } from 'node:stream';
import type { GenericContext } from '../../../../src/operate/generic/context';
import { getStream } from '../../../../src/operate/generic/get/get-stream';
import { applyPut } from '../../../../src/operate/generic/put/apply-put';
import { planPut } from '../../../../src/operate/generic/put/put-plan';
import { existingFile, existingVersion } from '../../../../src/operate/generic/stored/find-version';
import { rejection } from '../../../client/http/local-servers';
import { sha256, VERSION, workshop } from '../workshop';

const room = workshop();

const CONTENT = Array.from({ length: 5000 }, (_, index) => `${index} `).join('');

const isFile = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === 'GET' && path.startsWith('/api/packages/');

/** A stream that is slower than its source, and what came. */
function slowStream(): { readonly out: Writable; readonly text: () => string } {
  const chunks: Buffer[] = [];
  const out = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  return { out, text: () => Buffer.concat(chunks).toString('utf8') };
}

async function stream(name: string, out: Writable, context?: GenericContext): Promise<void> {
  const through = context ?? room().context({ isProxied: true });
  const found = await existingVersion(through, VERSION);
  await getStream(through, VERSION, existingFile(through, VERSION, found, name), out);
}

it.each(['', 'hello', CONTENT])('gives the bytes in order', async (content) => {
  await room().stored('f', content);
  const { out, text } = slowStream();
  await stream('f', out);
  expect(text()).toBe(content);
});

it('goes on after a cut, without a byte too many', async () => {
  await room().stored('f', CONTENT);
  room().forge.proxy.set({ responseCut: { afterBytes: 5000, match: isFile } });
  const { out, text } = slowStream();
  await stream('f', out);
  expect(text()).toBe(CONTENT);
});

it('goes on after a cut where the server sends the whole file again', async () => {
  await room().stored('f', CONTENT);
  room().forge.proxy.set({
    requestHeaders: { strip: ['Range'], match: isFile },
    responseCut: { afterBytes: 5000, times: 1, match: isFile },
  });
  const { out, text } = slowStream();
  await stream('f', out);
  expect(text()).toBe(CONTENT);
});

it('puts the parts of a file together', async () => {
  const inputs = [await room().input('f', CONTENT)];
  const context = room().context();
  const plan = await planPut(context, { version: VERSION, inputs, replace: false, chunkSize: 999 });
  await applyPut(context, plan);
  const { out, text } = slowStream();
  await stream('f', out);
  expect(text()).toBe(CONTENT);
});

it.each([
  ['a wrong byte', { flippedByte: { at: 2, match: isFile } }],
  ['a shorter file', { responseCut: { afterBytes: 9, how: 'complete', match: isFile } }],
] as const)('says at the end that the bytes are wrong: %s', async (_, fault) => {
  await room().stored('f', CONTENT);
  room().forge.proxy.set(fault);
  const error = await rejection(stream('f', slowStream().out));
  expect(error.message).toBe(
    `the bytes of 'coulomb/tool@1.0.0/f' that went out are NOT the ones the API lists (sha256 ${sha256(CONTENT)}): do not use them (REG735)`,
  );
});

it('says that its target takes nothing', async () => {
  await room().stored('f', CONTENT);
  const out = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('no'), { code: 'EIO' })),
  });
  out.on('error', () => undefined);
  const error = await rejection(stream('f', out));
  expect(error.message).toBe("'standard output' cannot be written (EIO)");
});

it('gives nothing of a file in parts that is not whole', async () => {
  const inputs = [await room().input('f', CONTENT)];
  const context = room().context();
  const plan = await planPut(context, {
    version: VERSION,
    inputs,
    replace: false,
    chunkSize: 9999,
  });
  await applyPut(context, plan);
  await context.generic.deleteFile(VERSION, 'f.part-00002');
  const { out, text } = slowStream();
  expect((await rejection(stream('f', out))).message).toMatch(
    /cannot be put together: 'f\.part-00002' is missing.*\(REG735\)$/,
  );
  expect(text()).toBe('');
});
