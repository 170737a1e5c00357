import type { Outcome } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import { ANSWERED_CODES, UNANSWERED_CODES } from '../upload/codes';
import type * as accountModule from './account';
import type * as foreignSessionModule from './foreign-session';
import type * as linkModule from './link';
import type * as packageModule from './package';
import type * as readersModule from './readers';
import type * as referenceModule from './reference';
import type * as registryModule from './registry';

const TAGS = 'GET /v2/OWNER/IMAGE/tags/list';

/**
 * Why an image cannot be published, and what is known of it: on the first path, of any registry of the OCI distribution
 * spec. Most is information: it passes with what was seen. They stand last in the catalogue, where nothing waits for them.
 */
export const PUBLISH_PROBES: readonly Probe[] = [
  publishProbe({
    code: 'REG312',
    names: ['REG312'],
    sends: 'GET /v2/token and GET /api/v1/user with the credential',
    decide: (sight) => (require('./account') as typeof accountModule).publisher(sight),
  }),
  publishProbe({
    code: 'REG321',
    names: [...ANSWERED_CODES, ...UNANSWERED_CODES],
    sends: 'where the registry is none of Gitea: POST /v2/NAME/blobs/uploads/, cancelled by DELETE',
    writes: true,
    decide: (sight) =>
      (require('./foreign-session') as typeof foreignSessionModule).foreignSession(sight),
  }),
  publishProbe({
    code: 'REG913',
    sends: `${TAGS} with the credential`,
    decide: (sight) => (require('./package') as typeof packageModule).publishedPackage(sight),
  }),
  publishProbe({
    code: 'REG724',
    sends: 'HEAD /v2/OWNER/IMAGE/manifests/REFERENCE with the credential',
    decide: (sight) => (require('./reference') as typeof referenceModule).publishedReference(sight),
  }),
  publishProbe({
    code: 'REG917',
    sends: 'GET /api/v1/packages/OWNER/container/IMAGE with the credential',
    decide: (sight) => (require('./link') as typeof linkModule).publishedLink(sight),
  }),
  publishProbe({
    code: 'REG330',
    sends: `${TAGS}, or HEAD of the manifest, as nobody`,
    decide: (sight) => (require('./readers') as typeof readersModule).anybody(sight),
  }),
  publishProbe({
    code: 'REG323',
    names: ['REG310', 'REG311', 'REG312', 'REG314'],
    sends: `${TAGS}, or HEAD of the manifest, with the pull credential`,
    decide: (sight) => (require('./readers') as typeof readersModule).puller(sight),
  }),
];

/** On the first path, whatever stands there; nothing to say when no image is asked about. */
function publishProbe(
  probe: Pick<Probe, 'code' | 'names' | 'sends' | 'writes'> & {
    readonly decide: (sight: Sight) => Promise<readonly Outcome[]>;
  },
): Probe {
  return {
    ...probe,
    step: 'P9',
    scope: 'registry',
    needs: ['REG113'],
    isAsked: ({ publish }) => publish !== undefined,
    decide: (sight) =>
      (require('./registry') as typeof registryModule).onRegistry(sight, probe.code, probe.decide),
  };
}
