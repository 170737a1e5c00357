import { ClusterError } from './error';
import type { ReleasedChart, StoredRelease } from './helm/release';
import { storedRelease } from './helm/release';
import type { ReleaseListing } from './helm/releases';
import { inOrder } from './helm/releases';
import type { KindRow, LiveKind } from './kinds/table';
import { kindRow } from './kinds/table';
import type { Forward, ForwardTarget } from './kubectl/forward';
import type { Kubectl, PodPlace } from './kubectl/kubectl';
import type { KubeObject } from './object';
import { Slots } from './slots';

/** Objects of one kind, as far as they could be read. */
export interface Listing {
  readonly objects: readonly KubeObject[];
  /** Why it is not (wholly) known, with the right that is missing. */
  readonly missing?: ClusterError;
  /** Namespaces that were looked at, when it was not all. */
  readonly namespaces?: readonly string[];
}

/** Where to look when nobody may look everywhere. */
export interface ClusterOptions {
  /** Namespaces that are listed one by one when a list over all of them is forbidden. */
  readonly namespaces: readonly string[];
}

/** kubectl processes at once: each holds a connection and its own copy of a list. */
const MOST_PROCESSES = 6;

/** Reasons that every further question would meet too. */
const HOPELESS = new Set(['no-kubectl', 'no-config', 'unreachable', 'credential', 'timeout']);

/** An object with what Helm stored in it. */
interface Kept {
  readonly object: KubeObject;
  readonly stored?: StoredRelease;
}

interface Reading {
  readonly kept: readonly Kept[];
  readonly missing?: ClusterError;
  readonly namespaces?: readonly string[];
}

/** Facts of a cluster, read once a run: one list call for each kind, or for each kind and namespace. */
export class Cluster {
  private readonly readings = new Map<LiveKind, Promise<Reading>>();
  private readonly outputs = new Map<string, Promise<string>>();
  private readonly slots = new Slots(MOST_PROCESSES);
  private groups: Promise<ReadonlySet<string> | undefined> | undefined;
  /** What ends all further questions. */
  private hopeless: ClusterError | undefined;
  private hasAnswered = false;

  public constructor(
    private readonly kubectl: Pick<Kubectl, 'list' | 'groups' | 'exec' | 'forward'>,
    private readonly options: ClusterOptions,
  ) {}

  /**
   * The objects of a kind. What cannot be read is told in `missing`; only the signal of kubectl rejects, with its
   * reason.
   */
  public async objects(kind: LiveKind): Promise<Listing> {
    const { kept, ...rest } = await this.reading(kind);
    return { objects: kept.map(({ object }) => object), ...rest };
  }

  /**
   * Helm releases of the given charts, or of charts that depend on one of them, in Secrets and ConfigMaps.
   *
   * @param charts @default - those of Gitea and Forgejo
   */
  public async releases(
    charts: readonly ReleasedChart[] = ['gitea', 'forgejo'],
  ): Promise<ReleaseListing> {
    const readings = await Promise.all([this.reading('secrets'), this.reading('configmaps')]);
    const kept = readings.flatMap((reading) => reading.kept);
    const missing = readings.map((reading) => reading.missing).find((one) => one !== undefined);
    const namespaces = readings.map((reading) => reading.namespaces).find(Boolean);
    const releases = kept.flatMap(({ stored }) =>
      stored && 'release' in stored ? stored.release : [],
    );
    return {
      releases: inOrder(releases.filter(({ installs }) => charts.includes(installs))),
      unreadable: kept.flatMap(({ object: { metadata }, stored }) =>
        stored && 'fault' in stored
          ? { namespace: metadata.namespace ?? '', name: metadata.name, fault: stored.fault }
          : [],
      ),
      ...(missing && { missing }),
      ...(namespaces && { namespaces }),
    };
  }

  /** As {@link Kubectl.exec}; each command once for each container. */
  public exec(pod: PodPlace, command: readonly string[]): Promise<string> {
    const key = JSON.stringify([pod.namespace, pod.name, pod.container, command]);
    const output = this.outputs.get(key) ?? this.asked(() => this.kubectl.exec(pod, command));
    this.outputs.set(key, output);
    return output;
  }

  /** As {@link Kubectl.forward}. */
  public forward(target: ForwardTarget): Promise<Forward> {
    return this.asked(() => this.kubectl.forward(target));
  }

  private reading(kind: LiveKind): Promise<Reading> {
    const known = this.readings.get(kind);
    if (known) {
      return known;
    }
    const reading = this.read(kind, kindRow(kind));
    // Asked ahead of need, it may be aborted before anybody waits for it.
    reading.catch(() => undefined);
    this.readings.set(kind, reading);
    return reading;
  }

  private async read(kind: LiveKind, row: KindRow): Promise<Reading> {
    const absent = await this.notServed(row);
    if (absent) {
      return { kept: [], missing: absent };
    }
    const { namespaces } = this.options;
    const all = await this.list(kind, row, undefined);
    const mayBeNarrower = !row.isClusterWide && namespaces.length > 0;
    return all instanceof ClusterError
      ? all.reason === 'forbidden' && mayBeNarrower
        ? this.narrower(kind, row, all)
        : { kept: [], missing: all }
      : { kept: all };
  }

  /** One list a namespace, where a list of all is forbidden. */
  private async narrower(kind: LiveKind, row: KindRow, all: ClusterError): Promise<Reading> {
    const namespaces = [...new Set(this.options.namespaces)];
    const lists = await Promise.all(namespaces.map((one) => this.list(kind, row, one)));
    const refused = lists.find((list) => list instanceof ClusterError);
    return {
      kept: lists.flatMap((list) => (list instanceof ClusterError ? [] : list)),
      missing: refused ?? all,
      namespaces: namespaces.filter((_, index) => !(lists[index] instanceof ClusterError)),
    };
  }

  private async list(
    kind: LiveKind,
    row: KindRow,
    namespace: string | undefined,
  ): Promise<readonly Kept[] | ClusterError> {
    const keep = (object: KubeObject): Kept | undefined => keptOf(kind, row, object);
    try {
      return await this.asked(() =>
        this.kubectl.list(row.resource, namespace, keep, row.fieldSelector),
      );
    } catch (error) {
      if (error instanceof ClusterError) {
        return error;
      }
      throw error;
    }
  }

  /** kubectl looks through the whole API again for each kind it does not find: asking for the groups is one call. */
  private async notServed({ resource }: KindRow): Promise<ClusterError | undefined> {
    const group = resource.includes('.') ? resource.slice(resource.indexOf('.') + 1) : undefined;
    if (group === undefined) {
      return undefined;
    }
    this.groups ??= this.servedGroups();
    const groups = await this.groups;
    // Short names of Kubernetes' own groups (`apps`, `batch`) are always there.
    return groups === undefined || groups.has(group) || !group.includes('.')
      ? undefined
      : new ClusterError(`the cluster serves no ${resource}`, 'no-kind');
  }

  private async servedGroups(): Promise<ReadonlySet<string> | undefined> {
    try {
      return await this.asked(() => this.kubectl.groups());
    } catch (error) {
      if (error instanceof ClusterError) {
        return undefined;
      }
      throw error;
    }
  }

  /** Runs kubectl when its turn comes, unless an earlier one showed that there is no cluster to ask. */
  private asked<T>(question: () => Promise<T>): Promise<T> {
    return this.slots.run(async () => {
      if (this.hopeless) {
        throw this.hopeless;
      }
      try {
        const answer = await question();
        this.hasAnswered = true;
        return answer;
      } catch (error) {
        if (error instanceof ClusterError && !this.hasAnswered && HOPELESS.has(error.reason)) {
          this.hopeless = error;
        }
        throw error;
      }
    });
  }
}

function keptOf(kind: LiveKind, row: KindRow, object: KubeObject): Kept | undefined {
  const kept = row.keep(object);
  if (kept === undefined) {
    return undefined;
  }
  const driver = kind === 'secrets' ? 'secret' : kind === 'configmaps' ? 'configmap' : undefined;
  const stored = driver && storedRelease(object, driver);
  return { object: kept, ...(stored && { stored }) };
}
