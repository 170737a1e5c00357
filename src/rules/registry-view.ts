import { splitHost } from '../declaration/host';
import type { Flavor, HttpServiceDeclaration, RegistryDeclaration } from '../declaration/model';
import type { Cursor } from './cursor';
import type { Estate } from './estate';
import { indexed } from './estate-index';
import { namespaceOrDefault } from './manifest';
import { Memory } from './memory';
import type { ChartValues } from './read/chart-values';
import { forgeOfImage } from './read/forge-image';
import { isExampleHost } from './read/example-host';
import type { IniSetting } from './read/ini-setting';
import { settingsOfData, settingsOfEnv, settingsOfValues } from './read/ini-setting';
import type { Route } from './read/route';
import { covers, takesHost, V2 } from './read/route';
import type { Workload } from './read/workload';

/** What is known of a registry beside the manifests: declared, or inferred from them. */
export interface RegistryFacts {
  /** Public `host[:port]`. */
  readonly host?: string;
  readonly flavor?: Flavor;
  readonly releaseName?: string;
  readonly namespace?: string;
  /** The HTTP Service, where declared. */
  readonly service?: HttpServiceDeclaration;
  /** The whole declaration, where there is one. */
  readonly declaration?: RegistryDeclaration;
  /** Root of the declaration, or the place the host was inferred from. */
  readonly at: Cursor;
}

/** One registry as the rules see it: its facts, and the manifests that belong to it. */
export class RegistryView extends Memory {
  /** @param alone whether it is the only registry: then values and workloads that name no other are its own */
  public constructor(
    public readonly estate: Estate,
    public readonly facts: RegistryFacts,
    private readonly alone: boolean,
  ) {
    super();
  }

  /** Public `host[:port]`; undefined when neither declared nor found. */
  public get host(): string | undefined {
    return this.facts.host;
  }

  /** Public `host[:port]` of the web pages, which ROOT_URL names: as declared, else that of the registry. */
  public get uiHost(): string | undefined {
    return this.declaration?.uiHost ?? this.host;
  }

  /** The declaration; undefined when the registry was inferred. */
  public get declaration(): RegistryDeclaration | undefined {
    return this.facts.declaration;
  }

  /** A place in the declaration; a place onto nothing when there is none. */
  public declared(...steps: readonly (string | number)[]): Cursor {
    return this.declaration ? this.facts.at.get(...steps) : this.facts.at.get('declaration');
  }

  /** Name of the host without its port, as routes and certificates hold it. */
  public get hostName(): string | undefined {
    return this.host === undefined ? undefined : splitHost(this.host).name;
  }

  /** Routes that name the host itself. */
  public get routes(): readonly Route[] {
    const { hostName } = this;
    return hostName === undefined ? [] : this.estate.routesOfHost(hostName);
  }

  /** Routes of the host, wildcards included, that take requests for `/v2`. */
  public get v2Routes(): readonly Route[] {
    const { hostName } = this;
    if (hostName === undefined) {
      return [];
    }
    return this.remember('v2 routes', () =>
      [...this.routes, ...this.catchAllRoutes(hostName)].filter((route) => covers(route, `${V2}/`)),
    );
  }

  /** Workloads with images of this registry. */
  public get workloads(): readonly Workload[] {
    return this.host === undefined ? [] : this.estate.workloadsOfHost(this.host);
  }

  /** Workloads that run Gitea or Forgejo themselves. */
  public get forges(): readonly Workload[] {
    return this.remember('forges', () =>
      forgeWorkloads(this.estate).filter(
        ({ namespace }) =>
          this.alone || this.facts.namespace === undefined || namespace === this.facts.namespace,
      ),
    );
  }

  /** Helm values of the release, in the order of the manifests. */
  public get values(): readonly ChartValues[] {
    return this.remember('values', () => (this.alone ? this.allValues() : this.ownValues()));
  }

  /** Every setting of app.ini that is written anywhere: values, rendered config Secrets, environment. */
  public get settings(): readonly IniSetting[] {
    return this.remember('settings', () => [
      ...this.values.flatMap(settingsOfValues),
      ...this.configObjects().flatMap(([manifest, bySection]) =>
        settingsOfData(manifest, bySection),
      ),
      ...this.forges.flatMap(settingsOfEnv),
    ]);
  }

  /** The settings of one key, in the order of {@link settings}. */
  public settingsOf(section: string, key: string): IniSetting[] {
    return this.settings.filter((setting) => setting.section === section && setting.key === key);
  }

  private catchAllRoutes(host: string): Route[] {
    const broad = this.estate.remember('routes of wildcards', () =>
      this.estate.routes.filter(({ host: pattern }) => pattern?.includes('*')),
    );
    return broad.filter((route) => takesHost(route, host));
  }

  /**
   * Of the only registry: everything but the values of a release that is known to be another, and files that name
   * another host while others are known to be its own.
   */
  private allValues(): ChartValues[] {
    const possible = forgeValues(this.estate).filter(
      (values) => values.releaseName === undefined || this.isRelease(values),
    );
    const isOwn = (values: ChartValues): boolean =>
      values.releaseName !== undefined || namedHosts(values).includes(this.host ?? '');
    return possible.some(isOwn)
      ? possible.filter((values) => isOwn(values) || namedHosts(values).length === 0)
      : possible;
  }

  /** Of one registry among several: the values of its release, and those that name its host. */
  private ownValues(): ChartValues[] {
    const { estate, facts } = this;
    const byRelease = estate.remember('values by release', () =>
      indexed(forgeValues(estate), ({ releaseName }) => releaseName ?? []),
    );
    const byHost = estate.remember('values by host', () =>
      indexed(forgeValues(estate), ({ releaseName, root }) =>
        releaseName === undefined ? hostNames(hostsOfValues(root)) : [],
      ),
    );
    return [
      ...(byRelease.get(facts.releaseName ?? '') ?? []).filter((values) => this.isRelease(values)),
      ...(byHost.get(facts.host ?? '') ?? []),
    ];
  }

  private isRelease({ releaseName, namespace }: ChartValues): boolean {
    const { facts } = this;
    const unknown = namespace === undefined || facts.namespace === undefined;
    return (
      (facts.releaseName === undefined || releaseName === facts.releaseName) &&
      (unknown || namespace === facts.namespace)
    );
  }

  /** Secrets and ConfigMaps with sections of app.ini: the chart's, those of `additionalConfigSources`, any `app.ini`. */
  private configObjects(): [manifest: Parameters<typeof settingsOfData>[0], bySection: boolean][] {
    const { namespace } = this.facts;
    const sources = new Set(this.values.flatMap(configSourceNames));
    const everywhere = this.alone || namespace === undefined;
    const byNamespace = this.estate.remember('data by namespace', () =>
      indexed(this.estate.ofKind('Secret', 'ConfigMap'), (manifest) =>
        namespaceOrDefault(manifest),
      ),
    );
    const objects = everywhere
      ? this.estate.ofKind('Secret', 'ConfigMap')
      : (byNamespace.get(namespace) ?? []);
    return objects.map((manifest) => [
      manifest,
      sources.has(manifest.name) || /-inline-config$/.test(manifest.name),
    ]);
  }
}

/** Hosts that values name, the ones charts ship left out. */
function namedHosts({ root }: ChartValues): string[] {
  return hostNames(hostsOfValues(root)).filter((host) => !isExampleHost(host));
}

function hostNames(places: readonly Cursor[]): string[] {
  return places.flatMap(({ text }) => hostOf(text) ?? []);
}

/** Workloads whose image is Gitea or Forgejo. */
export function forgeWorkloads(estate: Estate): Workload[] {
  return estate.remember('forge workloads', () =>
    estate.workloads.filter(({ images }) => images.some(({ text }) => forgeOfImage(text))),
  );
}

function configSourceNames({ root }: ChartValues): string[] {
  return root
    .get('gitea', 'additionalConfigSources')
    .items()
    .flatMap(
      (source) =>
        source.get('secret', 'secretName').text ?? source.get('configMap', 'name').text ?? [],
    );
}

/** Values of Gitea and Forgejo charts. */
function forgeValues(estate: Estate): ChartValues[] {
  return estate.remember('forge values', () =>
    estate.values.filter(({ chart }) => chart !== 'traefik'),
  );
}

/** Places in Gitea values that name the public host, the most telling first. */
export function hostsOfValues(root: Cursor): Cursor[] {
  const server = root.get('gitea', 'config', 'server');
  const ingress = root
    .get('ingress', 'hosts')
    .items()
    .map((entry) => (entry.isMap ? entry.get('host') : entry));
  return [server.get('ROOT_URL'), server.get('DOMAIN'), ...ingress].filter(({ exists }) => exists);
}

/** Host of a URL or of a bare name, in lower case; a default port is cut. */
export function hostOf(text: string | undefined): string | undefined {
  const match = /^(?:[a-z]+:\/\/)?([A-Za-z0-9.-]+(?::\d+)?)(?:\/|$)/.exec(text ?? '');
  return match?.[1].toLowerCase().replace(/:(443|80)$/, '');
}
