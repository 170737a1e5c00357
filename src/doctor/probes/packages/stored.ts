import { isAudited } from '../../observe/audited-tags';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import type * as serveDirectModule from './serve-direct';
import type * as storedImagesModule from './stored-images';

/** Where blobs are read, and whether they are there. */
export const STORE_PROBES: readonly Probe[] = [
  storeProbe('REG712', {
    sends: 'GET of a manifest and its config; where a store is named, GET there without credential',
    decide: (sight) =>
      (require('./serve-direct') as typeof serveDirectModule).servedDirectly(sight),
  }),
  storeProbe('REG735', {
    sends:
      'GET /api/v1/packages/OWNER; for the newest tags (--blobs: all) HEAD and GET of the manifest, HEAD of config and layers',
    decide: (sight) =>
      (require('./stored-images') as typeof storedImagesModule).blobsPresent(sight),
  }),
  storeProbe('REG727', {
    sends: 'GET of the manifests an index names',
    decide: (sight) =>
      (require('./stored-images') as typeof storedImagesModule).indexesComplete(sight),
  }),
];

/** What decides is loaded where an owner is known. */
function storeProbe(code: string, { sends, decide }: Pick<Probe, 'sends' | 'decide'>): Probe {
  return {
    code,
    step: 'P11',
    scope: 'registry',
    needs: ['REG910', 'REG230'],
    sends,
    decide: async (sight: Sight) => (isAudited(sight) ? decide(sight) : []),
  };
}
