import { applyPut } from '../../../src/operate/generic/put/apply-put';
import { planPut } from '../../../src/operate/generic/put/put-plan';
import type { RmPlan } from '../../../src/operate/generic/rm';
import { applyRm, planRm } from '../../../src/operate/generic/rm';
import { rejection } from '../../client/http/local-servers';
import { VERSION, workshop } from './workshop';

const room = workshop();

async function putInParts(name: string): Promise<void> {
  const inputs = [await room().input(name, '0123456789')];
  const context = room().context();
  const request = { version: VERSION, inputs, replace: false, chunkSize: 4 };
  await applyPut(context, await planPut(context, request));
}

function names({ deletes }: RmPlan): string[] {
  return deletes.map(({ name }) => name);
}

it('deletes one file and leaves the others', async () => {
  await room().stored('a', 'a');
  await room().stored('b', 'b');
  const plan = await planRm(room().context(), VERSION, 'A');
  expect(names(plan)).toEqual(['a']);
  expect(plan.isWholeVersion).toBe(false);
  expect(await applyRm(room().context(), plan)).toEqual([{ name: 'a', status: 'deleted' }]);
  expect(room().contents()).toEqual({ b: 'b' });
});

it('deletes a version at once', async () => {
  await room().stored('a', 'a');
  await room().stored('b', 'b');
  const plan = await planRm(room().context(), VERSION);
  expect(names(plan)).toEqual(['a', 'b']);
  const results = await applyRm(room().context(), plan);
  expect(results).toEqual([{ name: 'coulomb/tool@1.0.0', status: 'deleted' }]);
  expect(room().contents()).toEqual({});
  expect(await applyRm(room().context(), plan)).toEqual([
    { name: 'coulomb/tool@1.0.0', status: 'absent' },
  ]);
});

it('deletes a file in parts with its manifest first, and says when the version goes with it', async () => {
  await putInParts('f');
  const plan = await planRm(room().context(), VERSION, 'f');
  expect(names(plan)).toEqual(['f.manifest.json', 'f.part-00001', 'f.part-00002', 'f.part-00003']);
  expect(plan.isWholeVersion).toBe(true);
  const results = await applyRm(room().context(), plan);
  expect(results.map(({ status }) => status)).toEqual(Array(4).fill('deleted'));
  expect(room().contents()).toEqual({});
});

it('deletes what an upload left behind that did not end', async () => {
  await room().stored('f.part-00001', 'x');
  await room().stored('f.part-00002', 'x');
  await room().stored('g', 'x');
  const plan = await planRm(room().context(), VERSION, 'f');
  expect(names(plan)).toEqual(['f.part-00001', 'f.part-00002']);
  await applyRm(room().context(), plan);
  expect(room().contents()).toEqual({ g: 'x' });
});

it('deletes a file alone that is called like the parts of another', async () => {
  await room().stored('f', 'x');
  await room().stored('f.part-00001', 'x');
  expect(names(await planRm(room().context(), VERSION, 'f'))).toEqual(['f']);
  expect(names(await planRm(room().context(), VERSION, 'f.part-00001'))).toEqual(['f.part-00001']);
});

it('deletes no part of a file alone', async () => {
  await putInParts('f');
  const error = await rejection(planRm(room().context(), VERSION, 'f.part-00002'));
  expect(error.message).toBe(
    "'f.part-00002' belongs to a file in parts: delete that file as a whole (REG920)",
  );
});

it('finds nothing to delete where nothing is', async () => {
  expect((await rejection(planRm(room().context(), VERSION))).message).toMatch(/is not there/);
  await room().stored('a', 'a');
  expect((await rejection(planRm(room().context(), VERSION, 'b'))).message).toMatch(
    /'coulomb\/tool@1\.0\.0\/b' is not there; .*\(REG913\)$/,
  );
});

it('stops at the first file that cannot be deleted', async () => {
  await putInParts('f');
  const context = room().context({ isProxied: true });
  const plan = await planRm(context, VERSION, 'f');
  room().forge.proxy.set({
    answer: {
      status: 403,
      headers: [],
      body: 'Forbidden',
      match: ({ path }: { readonly path: string }) => path.endsWith('part-00001'),
    },
  });
  const results = await applyRm(context, plan);
  expect(results.map(({ status }) => status)).toEqual(['deleted', 'failed']);
  expect(Object.keys(room().contents())).toEqual(['f.part-00001', 'f.part-00002', 'f.part-00003']);
});
