import { quote } from '../../declaration/problem';
import type { Estate } from '../estate';
import { JOINED } from '../read/ingress';
import type { Reference } from '../read/route';
import { option } from '../read/traefik-static';
import type { Violation } from '../rule';

const OPTION = 'providers.kubernetesCRD.allowCrossNamespace';

/** Whether Traefik lets its objects refer to other namespaces; undefined where it is not seen. */
function allows(estate: Estate): boolean | undefined {
  const { traefiks } = estate;
  if (traefiks.some((traefik) => option(traefik, OPTION)?.text === 'true')) {
    return true;
  }
  const told = traefiks.some((traefik) => traefik.complete || option(traefik, OPTION));
  return told ? false : undefined;
}

/** A reference of an IngressRoute or a chain that leaves its namespace, which Traefik refuses by default. */
export function crossing(reference: Reference, what: string, estate: Estate): Violation[] {
  const allowed = allows(estate);
  return allowed === true
    ? []
    : [
        {
          at: reference.at,
          // An unseen Traefik may allow it.
          ...(allowed === undefined && { severity: 'warning' as const }),
          ...(reference.namespace === JOINED
            ? joinedName(reference, what)
            : named(reference, what)),
        },
      ];
}

type Words = Pick<Violation, 'observed' | 'expected' | 'fix'>;

function joinedName({ name }: Reference, what: string): Words {
  return {
    observed: `${what} ${quote(name)} in the form '@kubernetescrd', which may lie in any namespace`,
    expected: `the plain name of a ${what} beside the route, or allowCrossNamespace`,
    fix: 'write the plain name of the object, without namespace and provider',
  };
}

function named({ name, namespace }: Reference, what: string): Words {
  const near =
    what === 'Middleware'
      ? 'copy it into the namespace of the route'
      : `move the route to namespace ${quote(namespace)}`;
  return {
    observed: `${what} ${quote(name)} of another namespace, ${quote(namespace)}`,
    expected: `a ${what} beside the route, or allowCrossNamespace`,
    fix: `${near}, or start Traefik with --${OPTION}=true`,
  };
}
