import type { RegistryDeclaration, SuppressionDeclaration } from '../declaration/model';
import { KIND } from '../declaration/model';
import { asDeclaration } from '../declaration/parse';
import { DeclarationError } from '../declaration/problem';
import type { Cursor } from './cursor';
import { indexed } from './estate-index';
import type { Manifest } from './manifest';
import { namespaceOrDefault } from './manifest';
import { Memory } from './memory';
import type { CertificateProducer } from './read/certificate';
import { certificateProducers, PRODUCER_KINDS } from './read/certificate';
import type { ChartValues } from './read/chart-values';
import { chartValues } from './read/chart-values';
import { httpRouteRoutes } from './read/http-route';
import { ingressRoutes } from './read/ingress';
import { ingressRouteRoutes } from './read/ingress-route';
import type { MiddlewareAction } from './read/middleware';
import { middlewareActions } from './read/middleware';
import type { SecretSource } from './read/pull-secret';
import { SECRET_KINDS, secretSources } from './read/pull-secret';
import type { Reference, Route } from './read/route';
import type { TraefikStatic } from './read/traefik-static';
import { staticOfConfigMap, staticOfValues, staticOfWorkload } from './read/traefik-static';
import type { Workload } from './read/workload';
import { workloadOf } from './read/workload';

/** A declaration found among the manifests. */
export interface FoundDeclaration {
  readonly declaration: RegistryDeclaration;
  /** Root of the declaration. */
  readonly at: Cursor;
}

/** A declaration that does not hold. */
export interface BrokenDeclaration {
  /** The messages, each ending with its code. */
  readonly error: DeclarationError;
  readonly at: Cursor;
}

/** An embedded text that is not what its place demands. */
export interface UnreadableText {
  readonly at: Cursor;
  /** What it should be: `YAML`, `JSON`. */
  readonly form: string;
}

/** How an estate reads YAML that stands inside a manifest. */
export type YamlReader = (text: string) => unknown;

/** What an estate is told beside the manifests. */
export interface EstateOptions {
  /**
   * Reads embedded YAML and throws when it is none.
   * @default - embedded YAML is not looked at
   */
  readonly readYaml?: YamlReader;
  /**
   * The declarations, where the caller holds them.
   * @default - those among the manifests
   */
  readonly declared?: readonly FoundDeclaration[];
}

/** Middlewares one reference resolves to, each once: a foreign chain may name itself, or nest without end. */
const MOST_MEMBERS = 100;

/**
 * Everything one run sees: the manifests, and what they mean to a registry (routes, workloads, secrets, values), each
 * read once and found by name.
 */
export class Estate extends Memory {
  /** Embedded texts that could not be read, as far as they were looked at. */
  public readonly unreadable: UnreadableText[] = [];

  private readonly byKind = new Map<string, Manifest[]>();

  public constructor(
    public readonly manifests: readonly Manifest[],
    private readonly options: EstateOptions = {},
  ) {
    super();
    for (const manifest of manifests) {
      const sameKind = this.byKind.get(manifest.kind);
      if (sameKind) {
        sameKind.push(manifest);
      } else {
        this.byKind.set(manifest.kind, [manifest]);
      }
    }
  }

  /** The manifests of these kinds, in their order. */
  public ofKind(...kinds: readonly string[]): Manifest[] {
    return kinds.flatMap((kind) => this.byKind.get(kind) ?? []);
  }

  /** The object of this kind, name and namespace. */
  public object(kind: string, namespace: string, name: string): Manifest | undefined {
    const index = this.remember(`objects of ${kind}`, () =>
      indexed(this.ofKind(kind), (manifest) => [
        `${namespaceOrDefault(manifest)}/${manifest.name}`,
      ]),
    );
    return index.get(`${namespace}/${name}`)?.[0];
  }

  /** Declarations of this package, in ConfigMaps and documents of their own. */
  public get declarations(): readonly FoundDeclaration[] {
    return this.options.declared ?? this.readDeclarations().found;
  }

  /** What says it is a declaration and is refused. */
  public get brokenDeclarations(): readonly BrokenDeclaration[] {
    return this.options.declared ? [] : this.readDeclarations().broken;
  }

  /** What the declarations accept. */
  public get suppressions(): readonly SuppressionDeclaration[] {
    return this.declarations.flatMap(({ declaration }) => declaration.suppressions ?? []);
  }

  /** Every route of every Ingress, IngressRoute and HTTPRoute. */
  public get routes(): readonly Route[] {
    return this.remember('routes', () => [
      ...this.ofKind('Ingress').flatMap(ingressRoutes),
      ...this.ofKind('IngressRoute').flatMap(ingressRouteRoutes),
      ...this.ofKind('HTTPRoute').flatMap(httpRouteRoutes),
    ]);
  }

  /** Routes that name this host itself, wildcards and routes of any host left out. */
  public routesOfHost(host: string): readonly Route[] {
    const index = this.remember('routes by host', () =>
      indexed(this.routes, (route) => (route.host === undefined ? [] : [route.host])),
    );
    return index.get(host) ?? [];
  }

  /** Everything that makes pods. */
  public get workloads(): readonly Workload[] {
    return this.remember('workloads', () =>
      this.manifests.flatMap((manifest) => workloadOf(manifest) ?? []),
    );
  }

  /** Workloads with an image from this registry host. */
  public workloadsOfHost(host: string): readonly Workload[] {
    const index = this.remember('workloads by host', () =>
      indexed(this.workloads, ({ images }) => images.flatMap((image) => image.host ?? [])),
    );
    return index.get(host) ?? [];
  }

  /** Everything that makes Secrets. */
  public get secretSources(): readonly SecretSource[] {
    return this.remember('secret sources', () => {
      const labels = new Map(
        this.ofKind('Namespace').map(({ name, root }) => [name, root.get('metadata', 'labels')]),
      );
      return this.ofKind(...SECRET_KINDS).flatMap((manifest) => secretSources(manifest, labels));
    });
  }

  /** What makes the Secret of this name, or may. */
  public sourcesOfSecret(namespace: string, name: string): readonly SecretSource[] {
    const index = this.remember('secret sources by name', () =>
      indexed(this.secretSources, (source) => [source.name]),
    );
    return (index.get(name) ?? []).filter((source) => source.reaches(namespace) !== false);
  }

  /** Everything that makes cert-manager write a TLS secret. */
  public get certificates(): readonly CertificateProducer[] {
    return this.remember('certificates', () =>
      this.ofKind(...PRODUCER_KINDS).flatMap(certificateProducers),
    );
  }

  /** What makes cert-manager write this TLS secret. */
  public producersOf(namespace: string, secretName: string): readonly CertificateProducer[] {
    const index = this.remember('certificates by secret', () =>
      indexed(this.certificates, (producer) => [`${producer.namespace}/${producer.secretName}`]),
    );
    return index.get(`${namespace}/${secretName}`) ?? [];
  }

  /** Helm values of known charts, in files and wrapper objects. */
  public get values(): readonly ChartValues[] {
    return this.remember('values', () =>
      this.manifests.flatMap((manifest) => chartValues(manifest, (at) => this.parseYaml(at))),
    );
  }

  /** What every Traefik here is started with. */
  public get traefiks(): readonly TraefikStatic[] {
    return this.remember('traefiks', () => [
      ...this.values.filter(({ chart }) => chart === 'traefik').map(staticOfValues),
      ...this.workloads.flatMap((workload) => staticOfWorkload(workload) ?? []),
      ...this.ofKind('ConfigMap').flatMap(
        (manifest) => staticOfConfigMap(manifest, (at) => this.parseYaml(at)) ?? [],
      ),
    ]);
  }

  /** The Middleware object a route names; undefined when it is not among the manifests. */
  public middleware({ name, namespace }: Reference): Manifest | undefined {
    if (namespace !== '') {
      return this.object('Middleware', namespace, name);
    }
    const joined = this.remember('middlewares by joined name', () =>
      indexed(this.ofKind('Middleware'), (manifest) => [
        // Traefik turns every other character of the joined name into a dash (provider.Normalize).
        `${namespaceOrDefault(manifest)}-${manifest.name}`.replace(/[^\p{L}\p{N}]+/gu, '-'),
      ]),
    );
    return joined.get(name)?.[0];
  }

  /** What the Middleware a route names does, a Chain's members in its place. */
  public middlewareActions(reference: Reference, seen = new Set<Manifest>()): MiddlewareAction[] {
    const manifest = this.middleware(reference);
    if (!manifest || seen.has(manifest) || seen.size === MOST_MEMBERS) {
      return [];
    }
    seen.add(manifest);
    return middlewareActions(manifest).flatMap((action) =>
      action.type === 'chain' ? this.chainActions(action, seen) : [action],
    );
  }

  /** Reads a text inside a manifest as YAML; undefined when it is none, which {@link unreadable} remembers. */
  public parseYaml(at: Cursor): Cursor | undefined {
    const { readYaml } = this.options;
    return readYaml && this.parseText(at, 'YAML', readYaml);
  }

  /** Reads a text inside a manifest as JSON; undefined when it is none, which {@link unreadable} remembers. */
  private parseJson(at: Cursor): Cursor | undefined {
    return this.parseText(at, 'JSON', JSON.parse);
  }

  private parseText(at: Cursor, form: string, read: (text: string) => unknown): Cursor | undefined {
    try {
      return at.embed(read(at.text ?? ''));
    } catch {
      // The parser's message quotes the text, which may hold secrets.
      this.unreadable.push({ at, form });
      return undefined;
    }
  }

  private chainActions(
    { at, manifest }: MiddlewareAction,
    seen: Set<Manifest>,
  ): MiddlewareAction[] {
    return at
      .get('middlewares')
      .items()
      .flatMap((entry) => {
        const name = entry.get('name').text;
        const namespace = entry.get('namespace').text ?? namespaceOrDefault(manifest);
        return name === undefined
          ? []
          : this.middlewareActions({ name, namespace, at: entry }, seen);
      });
  }

  private readDeclarations(): {
    readonly found: readonly FoundDeclaration[];
    readonly broken: readonly BrokenDeclaration[];
  } {
    return this.remember('declarations', () => {
      const found: FoundDeclaration[] = [];
      const broken: BrokenDeclaration[] = [];
      for (const at of this.declarationRoots()) {
        try {
          found.push({ declaration: asDeclaration(at.value), at });
        } catch (error) {
          if (!(error instanceof DeclarationError)) {
            throw error;
          }
          broken.push({ error, at });
        }
      }
      return { found, broken };
    });
  }

  private declarationRoots(): Cursor[] {
    const published = this.ofKind('ConfigMap')
      .map(({ root }) => root.get('data', 'registry.json'))
      .filter((at) => at.text?.includes(KIND))
      .flatMap((at) => this.parseJson(at) ?? []);
    return [...published, ...this.ofKind(KIND).map(({ root }) => root)];
  }
}
