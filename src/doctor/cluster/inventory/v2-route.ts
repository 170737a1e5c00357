import { renderedRoute, ROUTE_KINDS } from '../../../declaration/route';
import { objectName } from '../../../rules/manifest';
import { forgeServices } from '../../../rules/names/forge-service';
import type { Route } from '../../../rules/read/route';
import type { RegistryView } from '../../../rules/registry-view';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { liveEstate } from '../live-estate';
import { outcomeOf, ruleFindings } from '../rule-findings';
import { ownRegistry } from '../own-registry';
import { ruleOutcomes, trueFindings } from '../rule-outcomes';

const CODE = 'REG211';

/** Kinds a route can have here; others are not seen. */
const ROUTES = ['ingresses', 'ingressroutes', 'httproutes'] as const;

/** REG211: a route in the cluster leads `/v2` of the host to the release. */
export async function liveV2Route(sight: Sight): Promise<readonly Outcome[]> {
  const registry = await sight.see(ownRegistry);
  if (registry?.hostName === undefined) {
    return [skipped(CODE, 'no release in the cluster names this host')];
  }
  const found = await sight.see(ruleFindings);
  const faulty = trueFindings(found?.get(CODE) ?? []).filter(({ severity }) => severity !== 'info');
  if (faulty.length > 0) {
    return faulty.slice(0, 1).map(outcomeOf);
  }
  const leading = leadingRoute(registry);
  if (leading) {
    return [passed(CODE, `${objectName(leading.manifest)} leads /v2 there`)];
  }
  const elsewhere = trueFindings(found?.get('REG220') ?? []);
  if (elsewhere.length > 0) {
    return elsewhere.slice(0, 1).map(outcomeOf);
  }
  return unrouted(sight, registry);
}

/** A wildcard may be the route as well. */
function leadingRoute(registry: RegistryView): Route | undefined {
  const services = forgeServices(registry);
  return registry.v2Routes.find(({ backends }) =>
    backends.some(({ name, namespace }) =>
      services.some((one) => one.name === name && one.namespace === namespace),
    ),
  );
}

async function unrouted(sight: Sight, registry: RegistryView): Promise<readonly Outcome[]> {
  const live = await sight.see(liveEstate);
  if (live?.missing.some(({ what }) => ROUTES.some((kind) => kind === what))) {
    return ruleOutcomes(sight, { code: CODE, reads: ROUTES });
  }
  const { v2Routes, declaration, hostName } = registry;
  const route = renderedRoute(declaration?.route);
  const takers = [...new Set(v2Routes.map(({ manifest }) => objectName(manifest)))];
  const observed =
    takers.length > 0
      ? `/v2 of '${hostName}' is routed by ${takers.slice(0, 3).join(', ')}, and not to the release`
      : `no Ingress, IngressRoute or HTTPRoute for /v2 of '${hostName}' is in the cluster`;
  return [
    broken(CODE, {
      // Where none is declared, a proxy outside the cluster may route the host.
      severity: route ? 'error' : 'warning',
      observed,
      expected: route
        ? `${ROUTE_KINDS[route.kind]} ${declaration!.release.namespace}/${route.name}`
        : 'a Prefix rule for /v2 that leads to the HTTP Service of the release',
    }),
  ];
}
