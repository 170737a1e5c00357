import { matches } from '../../../declaration/grammar';
import { REGISTRY_HOST, splitHost } from '../../../declaration/host';
import { quote } from '../../../declaration/problem';
import type { Outcome } from '../../outcome';
import { broken, passed } from '../../outcome';
import type { Probe } from '../../probe';
import { isLoopback } from './loopback';

const CODE = 'REG111';

const ADDRESS = /^((\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:.]+\])$/;

/** P1: whether image references can name the host. Said once, on the first path. */
export const hostForm: Probe = {
  code: CODE,
  step: 'P1',
  scope: 'path',
  needs: [],
  sends: 'nothing: the host is looked at',
  decide: async (sight) => (sight === sight.others[0] ? [judged(sight.request.host)] : []),
};

function judged(host: string): Outcome {
  const { name } = splitHost(host);
  if (matches(REGISTRY_HOST, host)) {
    return passed(CODE, host);
  }
  if (isLoopback(name)) {
    return passed(CODE, host, 'it names this machine only: no node can pull by it');
  }
  return ADDRESS.test(name)
    ? passed(CODE, host, 'an address needs no resolver; it ties every image reference to it')
    : broken(CODE, {
        observed: `the host is ${quote(host)}`,
        expected:
          'a public name in lower case, with a dot or a port, not *.svc, *.cluster.local or example.com',
      });
}
