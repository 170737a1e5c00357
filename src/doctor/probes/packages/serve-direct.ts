import { serverText } from '../../../client/server-text';
import { isAnswered } from '../../ask';
import { blobRedirect } from '../../observe/blob-redirect';
import type { Fetched } from '../../observe/stored-parts';
import type { Outcome } from '../../outcome';
import { broken, passed } from '../../outcome';
import type { Sight } from '../../sight';
import { shownSeen, withoutCode } from '../route/shown';

const CODE = 'REG712';

/** What the reader of a blob meets when Gitea sends it to an object store; silent where no image is known. */
export async function servedDirectly(sight: Sight): Promise<readonly Outcome[]> {
  const fetched = await sight.see(blobRedirect);
  return fetched === undefined ? [] : judged(fetched);
}

function judged({ seen, store }: Fetched): readonly Outcome[] {
  if (store === undefined) {
    return isAnswered(seen) && seen.status === 200
      ? [passed(CODE, 'Gitea gives blobs out itself')]
      : [];
  }
  const where = `'${serverText(store.url.host, 120)}'`;
  const expected = 'a store that every client reaches and trusts';
  if (!isAnswered(store.seen)) {
    const observed = `clients are sent to ${where}: ${withoutCode(store.seen.error)}`;
    return [broken(CODE, { observed, expected })];
  }
  if (store.seen.isUnverified) {
    const observed = `clients are sent to ${where}, whose certificate is not trusted`;
    return [broken(CODE, { observed, expected })];
  }
  return store.seen.status < 300
    ? [passed(CODE, `clients are sent to ${where}, which answers ${store.seen.status}`)]
    : [
        broken(CODE, {
          observed: `clients are sent to ${where}: ${shownSeen(store.seen)}`,
          expected,
        }),
      ];
}
