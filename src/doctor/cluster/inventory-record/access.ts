import { shownHeader } from '../../../client/http/recording';
import { serverText } from '../../../client/server-text';
import { ask, isAnswered } from '../../ask';
import type { Diagnosis } from '../../diagnosis';
import type { Sight } from '../../sight';
import type { InventoryPath } from './record';

/** More headers than any registry sends. */
const MOST_HEADERS = 40;

/** What each way answered in the run, with the headers of the same question asked once more. */
export async function accessPathsOf(
  sights: readonly Sight[],
  { paths }: Diagnosis,
): Promise<InventoryPath[]> {
  return Promise.all(
    paths.map(async (row) => {
      const sight = sights.find(({ path }) => path.name === row.name);
      return { ...row, headers: sight ? await headersOf(sight) : [] };
    }),
  );
}

/** Without the date: two records are compared by eye. */
async function headersOf(sight: Sight): Promise<string[]> {
  const seen = await ask(sight, { url: '/v2/', surface: 'v2' });
  if (!isAnswered(seen)) {
    return [];
  }
  const { rawHeaders } = seen;
  return Array.from({ length: Math.min(rawHeaders.length / 2, MOST_HEADERS) }, (_, index) => {
    const [name, value] = rawHeaders.slice(2 * index, 2 * index + 2);
    return serverText(`${name}: ${shownHeader(name, value)}`, 300);
  }).filter((line) => !/^date:/i.test(line));
}
