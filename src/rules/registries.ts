import type { RegistryDeclaration } from '../declaration/model';
import type { Cursor } from './cursor';
import type { Estate, FoundDeclaration } from './estate';
import { namespaceOrDefault } from './manifest';
import type { ChartValues } from './read/chart-values';
import { forgeOfImage } from './read/forge-image';
import { settingsOfData, settingsOfEnv } from './read/ini-setting';
import type { Route } from './read/route';
import { isV2Route } from './read/route';
import type { Workload } from './read/workload';
import type { RegistryFacts } from './registry-view';
import { forgeWorkloads, hostOf, hostsOfValues, RegistryView } from './registry-view';

/**
 * The registries an estate is about: the declared ones; without any, those the values and routes of Gitea or Forgejo
 * tell of.
 */
export function registriesOf(estate: Estate): RegistryView[] {
  const declared = estate.declarations.map(declaredFacts);
  const facts = declared.length > 0 ? declared : inferredFacts(estate);
  return facts.map((one) => new RegistryView(estate, one, facts.length === 1));
}

function declaredFacts({ declaration, at }: FoundDeclaration): RegistryFacts {
  return { ...factsOf(declaration), at };
}

/** The facts a declaration holds. */
export function factsOf(declaration: RegistryDeclaration): Omit<RegistryFacts, 'at'> {
  const { host, release } = declaration;
  return {
    host,
    flavor: release.flavor,
    releaseName: release.name,
    namespace: release.namespace,
    service: release.httpService,
    declaration,
  };
}

function inferredFacts(estate: Estate): RegistryFacts[] {
  const byHost = new Map<string, RegistryFacts>();
  const nameless: RegistryFacts[] = [];
  for (const facts of [
    ...estate.values.filter(({ chart }) => chart !== 'traefik').map(factsOfValues),
    ...forgeWorkloads(estate).map((workload) => factsOfWorkload(workload, estate)),
    ...estate.routes.filter(leadsToForge).map(factsOfRoute),
  ]) {
    if (facts.host === undefined) {
      nameless.push(facts);
    } else {
      byHost.set(facts.host, { ...facts, ...byHost.get(facts.host) });
    }
  }
  // What names no host belongs to the one host there is, or is a registry of its own.
  const [first] = nameless;
  const [only, ...more] = byHost.values();
  return only !== undefined && more.length === 0
    ? [{ ...first, ...only }]
    : [...byHost.values(), ...(first === undefined ? [] : [first])];
}

/** What a running Gitea tells: its image, its namespace, and the ROOT_URL it is given. */
function factsOfWorkload(workload: Workload, estate: Estate): RegistryFacts {
  const { images, namespace, manifest } = workload;
  const flavor = images.map(({ text }) => forgeOfImage(text)).find((one) => one !== undefined);
  const releaseName = manifest.root.get('metadata', 'labels', 'app.kubernetes.io/instance').text;
  const settings = [
    ...settingsOfEnv(workload),
    ...estate
      .ofKind('Secret', 'ConfigMap')
      .filter((one) => namespaceOrDefault(one) === namespace)
      .flatMap((one) => settingsOfData(one, /-inline-config$/.test(one.name))),
  ];
  const rootUrl = settings.find(
    ({ section, key, text }) => section === 'server' && key === 'ROOT_URL' && hostOf(text),
  );
  const host = hostOf(rootUrl?.text);
  return {
    namespace,
    ...(flavor && { flavor }),
    ...(host !== undefined && { host }),
    ...(releaseName !== undefined && { releaseName }),
    at: rootUrl?.at ?? manifest.root,
  };
}

function factsOfValues(values: ChartValues): RegistryFacts {
  const named = hostsOfValues(values.root).find(({ text }) => hostOf(text) !== undefined);
  const host = hostOf(named?.text);
  const { chart, releaseName, namespace } = values;
  return {
    ...(chart !== 'traefik' && { flavor: chart }),
    ...(host !== undefined && { host }),
    ...(releaseName !== undefined && { releaseName }),
    ...(namespace !== undefined && { namespace }),
    at: named ?? values.root,
  };
}

/** A route that leads to what the charts call Gitea's Service, or that serves `/v2` beside it. */
function leadsToForge(route: Route): boolean {
  return (
    route.host !== undefined &&
    !route.host.includes('*') &&
    route.backends.some(({ name }) => FORGE_SERVICE.test(name)) &&
    (isV2Route(route) || route.match === 'prefix')
  );
}

/** `gitea`, `gitea-http`, `forge-gitea-http`, `forgejo-http`, … (both charts' `<fullname>-http`). */
const FORGE_SERVICE = /(^|-)(gitea|forgejo)(-http|-web|-svc|-service)?$/;

function factsOfRoute(route: Route): RegistryFacts {
  const at: Cursor = route.hostAt;
  return {
    ...(route.host !== undefined && { host: route.host }),
    ...(route.backends[0] && { namespace: route.backends[0].namespace }),
    at,
  };
}
