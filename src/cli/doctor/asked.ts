import type { Credential } from '../../client/http/credential';
import { KnownSecrets } from '../../client/http/known-secrets';
import type { Cluster } from '../../cluster';
import type { RegistryDeclaration } from '../../declaration/model';
import type { DoctorRequest, LinkSubject, ProbedPath, Result, UnprobedPath } from '../../doctor';
import { CommandError } from '../exit';
import type { Io } from '../io';
import { wantsCluster } from './cluster';
import type * as clusterWays from './cluster-ways';
import { declarationFor, isUsual } from './declared';
import { findingOf } from './input-finding';
import { parseLink } from './link';
import type { DoctorCommandOptions } from './options';
import { withCredentials } from './path-credentials';
import { waysOf } from './paths';
import type { PullLogin } from './pull-config';
import { pullLogin } from './pull-config';
import { foreignImage, targetOf } from './target';

/** What a run was asked, read from the command line and what it names. */
export interface Asked {
  /** Absent when there is nothing to probe. */
  readonly request?: DoctorRequest;
  /** Wrong values of the command line. */
  readonly findings: readonly Result[];
  /** Tokens that were kept back. */
  readonly withheld: readonly Result[];
  /** Takes the credentials of the run out of a text. */
  readonly hide: (text: string) => string;
  /** Ends what was opened for the run: ways into the cluster. */
  readonly close: () => Promise<void>;
}

/**
 * Reads what is asked. The registry is sent nothing; a cluster is asked for the declaration, and a way to the declared
 * Service is opened.
 *
 * @param host the positional HOST
 * @throws CommandError (exit 2) for wrong options; a wrong HOST, `--publish` or `--link` is a finding
 */
export async function askedOf(
  host: string | undefined,
  options: DoctorCommandOptions,
  io: Io,
  signal: AbortSignal,
): Promise<Asked> {
  const target = targetOf(host, options, io);
  const link = linkOf(options.link);
  const byHand = options.path ?? [];
  const isWrongHost = host !== undefined && target.origin === undefined;
  const isNeeded = target.origin === undefined && byHand.length + target.findings.length === 0;
  const { declaration, side } = await declaredAnd(
    isWrongHost ? undefined : { origin: target.origin, isNeeded },
    options,
    io,
    signal,
  );
  const { probed, unprobed } = waysOf({ ...target, ...(declaration && { declaration }), byHand });
  const named = [
    ...(target.isNamed && target.origin ? [target.origin] : []),
    ...byHand.map(({ origin }) => origin),
  ];
  const { paths, withheld } = await withCredentials(probed, named, options, io, signal);
  const pull = await pullOf(paths, options, io);
  const foreign = foreignImage(target.publish, paths);
  // Last: what is opened is closed by the caller.
  const inside = side && paths[0] ? await side.openWays(unprobed) : undefined;
  const request: DoctorRequest | undefined = paths[0] && {
    host: paths[0].origin.host,
    paths: [...paths, ...(inside?.probed ?? [])],
    unprobed: inside?.unprobed ?? unprobed,
    ...(side && { cluster: side.cluster }),
    ...(declaration && { declaration }),
    ...(options.owner && { owners: options.owner }),
    ...(pull.credential && { pullCredential: pull.credential }),
    ...(target.publish && !foreign && { publish: target.publish }),
    ...(link.subject && { link: link.subject }),
    ...(options.limits && { limits: true }),
    ...(options.blobs && { blobs: true }),
  };
  return {
    ...(request && { request }),
    findings: [target.findings, link.findings, foreign ?? [], pull.finding ?? []].flat(),
    withheld,
    close: async () => inside?.close(),
    hide: hider([...paths.map(({ credential }) => credential), pull.credential]),
  };
}

/** The declaration that is meant, and the cluster where the user wants it looked at. */
async function declaredAnd(
  meant: { readonly origin: URL | undefined; readonly isNeeded: boolean } | undefined,
  options: DoctorCommandOptions,
  io: Io,
  signal: AbortSignal,
): Promise<{ readonly declaration?: RegistryDeclaration; readonly side?: OpenSide }> {
  if (meant === undefined) {
    return {};
  }
  const { origin, isNeeded } = meant;
  if (!wantsCluster(options)) {
    const declaration = await declarationFor(origin, isNeeded, options, io);
    return { ...(declaration && { declaration }) };
  }
  const own = await declarationFor(origin, isNeeded, options, io).catch((error: unknown) => {
    // A declaration that was named is the one to use.
    if (error instanceof CommandError && isUsual(options)) {
      return error;
    }
    throw error;
  });
  const { clusterSide, openWays } = require('./cluster-ways') as typeof clusterWays;
  const side = await clusterSide(own, origin?.host, options, io, signal);
  const { cluster, declaration } = side;
  return {
    ...(declaration && { declaration }),
    side: { cluster, openWays: (unprobed) => openWays(side, unprobed) },
  };
}

/** A cluster whose ways can be opened. */
interface OpenSide {
  readonly cluster: Cluster;
  readonly openWays: (unprobed: readonly UnprobedPath[]) => ReturnType<typeof clusterWays.openWays>;
}

async function pullOf(
  [first]: readonly ProbedPath[],
  { pullConfig }: DoctorCommandOptions,
  io: Io,
): Promise<PullLogin> {
  return pullConfig === undefined || first === undefined
    ? {}
    : pullLogin(pullConfig, first.origin, io);
}

function hider(credentials: readonly (Credential | undefined)[]): Asked['hide'] {
  const secrets = new KnownSecrets();
  for (const credential of credentials) {
    if (credential) {
      const { user, secret } = credential;
      secrets.learn(`Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`);
    }
  }
  return (text) => secrets.hide(text);
}

function linkOf(text: string | undefined): { subject?: LinkSubject; findings: readonly Result[] } {
  if (text === undefined) {
    return { findings: [] };
  }
  try {
    return { subject: parseLink(text), findings: [] };
  } catch (error) {
    return { findings: [findingOf(error, '--link', text)] };
  }
}
