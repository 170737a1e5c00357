import { join } from 'node:path';
import { getFiles } from '../../../src/operate/generic/get/get-files';
import { applyPut } from '../../../src/operate/generic/put/apply-put';
import { planPut } from '../../../src/operate/generic/put/put-plan';
import { applyRm, planRm } from '../../../src/operate/generic/rm';
import { existingVersion, meantVersion } from '../../../src/operate/generic/stored/find-version';
import { VERSION, workshop } from './workshop';

describe.each(['1.22.6', '1.23.8', '1.24.7', '1.26.0-dev', 'forgejo-7.0.0', 'forgejo-11.0.2'])(
  'against %s',
  (release) => {
    const room = workshop({ release });

    it('puts, finds the latest, gets and deletes, in parts and as they are', async () => {
      const context = room().context();
      const inputs = [
        await room().input('a', 'hello'),
        await room().input('b', '0123456789'),
        await room().input('c', ''),
      ];
      const request = { version: VERSION, inputs, replace: false, chunkSize: 5 };
      const put = await applyPut(context, await planPut(context, request));
      expect(put.map(({ status }) => status)).toEqual(['uploaded', 'uploaded', 'uploaded']);
      const again = await applyPut(context, await planPut(context, request));
      expect(again.map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'unchanged']);

      const place = { owner: 'coulomb', name: 'tool', version: 'latest' };
      expect(await meantVersion(context, place)).toEqual(VERSION);

      const { files } = await existingVersion(context, VERSION);
      const wanted = files.map((stored) => ({
        stored,
        target: join(room().folder, `got-${stored.name}`),
      }));
      const got = await getFiles(context, VERSION, wanted);
      expect(got.map(({ status }) => status)).toEqual(['downloaded', 'downloaded', 'downloaded']);
      expect(['a', 'b', 'c'].map((name) => room().read(`got-${name}`))).toEqual([
        'hello',
        '0123456789',
        '',
      ]);

      await applyRm(context, await planRm(context, VERSION, 'b'));
      expect(Object.keys(room().contents())).toEqual(['a', 'c']);
      await applyRm(context, await planRm(context, VERSION));
      expect(room().contents()).toEqual({});
    });
  },
);
