import { unsupportedLink } from '../../../client/packages/link-support';
import { serverText } from '../../../client/server-text';
import { wantedLink } from '../../observe/link-route';
import { nameOf, server } from '../../observe/server';
import { broken, passed } from '../../outcome';
import type { Probe } from '../../probe';
import { inTheWeb } from './link-in-the-web';

const CODE = 'REG912';

/** P10: a name with a slash can be linked on this product. */
export const linkNameFits: Probe = {
  code: CODE,
  step: 'P10',
  scope: 'registry',
  needs: ['REG911'],
  sends: 'nothing more: reads product and version',
  decide: async (sight) => {
    const wanted = wantedLink(sight.request);
    const { server: known } = await sight.see(server);
    if (wanted === undefined || known === undefined || !wanted.reference.name.includes('/')) {
      return [];
    }
    const { reference } = wanted;
    return unsupportedLink(reference.name, known)?.row.code === CODE
      ? [
          broken(CODE, {
            severity: sight.request.link ? 'error' : 'warning',
            observed: `'${serverText(reference.name)}' on ${nameOf(known)}, which links no name with '/' over REST`,
            expected: "a name without '/'",
            fix: inTheWeb(sight, reference),
          }),
        ]
      : [passed(CODE, `${nameOf(known)} links names with '/'`)];
  },
};
