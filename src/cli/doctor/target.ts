import { quote } from '../../declaration/problem';
import type { ProbedPath, Result } from '../../doctor';
import { CommandError } from '../exit';
import type { Io } from '../io';
import { parseOrigin } from '../server/origin';
import { findingOf, inputFinding } from './input-finding';
import type { DoctorCommandOptions } from './options';
import type { NamedImage } from './publish';
import { parsePublish } from './publish';

/** The registry that is meant, as far as the command line says. */
export interface Target {
  /** @default - the declaration's, or the first `--path` */
  readonly origin?: URL;
  /** Whether HOST, `--registry` or GITEA_REGISTRY_URL named it, so that a token may go there. */
  readonly isNamed: boolean;
  readonly publish?: NamedImage;
  /** What is wrong with HOST or `--publish`. */
  readonly findings: readonly Result[];
}

/**
 * HOST, else `--registry`, else the host in `--publish`, else GITEA_REGISTRY_URL.
 *
 * @param host the positional HOST; a wrong one is a finding
 * @throws CommandError (exit 2) for a wrong value of the others, or when HOST and `--registry` differ
 */
export function targetOf(host: string | undefined, options: DoctorCommandOptions, io: Io): Target {
  const image = publishOf(options.publish);
  const named = hostOf(host);
  const registry =
    options.registry === undefined ? undefined : parseOrigin(options.registry, '--registry');
  if (named.origin && registry && named.origin.href !== registry.href) {
    throw new CommandError('HOST and --registry name two registries: give one of them');
  }
  const meant = host === undefined ? registry : named.origin;
  // A wrong HOST means another registry than the one of every day.
  const other = host === undefined ? otherwise(image.host, io) : undefined;
  const origin = meant ?? other?.origin;
  return {
    ...(origin && { origin }),
    isNamed: meant !== undefined || other?.isNamed === true,
    ...(image.publish && { publish: image.publish }),
    findings: [...named.findings, ...image.findings],
  };
}

/** The host of the image to publish, else GITEA_REGISTRY_URL. */
function otherwise(
  imageHost: string | undefined,
  { env }: Io,
): { readonly origin: URL; readonly isNamed: boolean } | undefined {
  const text = env.GITEA_REGISTRY_URL || undefined;
  const usual = text === undefined ? undefined : parseOrigin(text, 'GITEA_REGISTRY_URL');
  return imageHost === undefined || imageHost === usual?.host
    ? usual && { origin: usual, isNamed: true }
    : { origin: parseOrigin(imageHost, '--publish'), isNamed: false };
}

/** That the image to publish names another host than what is probed. */
export function foreignImage(
  publish: NamedImage | undefined,
  paths: readonly ProbedPath[],
): Result | undefined {
  const hosts = paths.map(({ origin }) => origin.host);
  return publish?.host === undefined || hosts.length === 0 || hosts.includes(publish.host)
    ? undefined
    : inputFinding(
        'REG110',
        `--publish names the host ${quote(publish.host)}`,
        `the host that is looked at, ${quote(hosts[0])}, or no host`,
      );
}

function hostOf(host: string | undefined): { origin?: URL; findings: Result[] } {
  try {
    return { ...(host !== undefined && { origin: parseOrigin(host, 'HOST') }), findings: [] };
  } catch (error) {
    if (!(error instanceof CommandError)) {
      throw error;
    }
    const expected =
      "a host such as 'git.example.org', or an origin such as 'http://127.0.0.1:3000': no user, no path";
    return { findings: [inputFinding('REG111', `HOST ${quote(host)}`, expected)] };
  }
}

interface Published {
  readonly publish?: NamedImage;
  readonly host?: string;
  readonly findings: readonly Result[];
}

function publishOf(text: string | undefined): Published {
  if (text === undefined) {
    return { findings: [] };
  }
  try {
    const publish = parsePublish(text);
    if (publish.host !== undefined) {
      parseOrigin(publish.host, '--publish');
    }
    return { publish, ...(publish.host !== undefined && { host: publish.host }), findings: [] };
  } catch (error) {
    return error instanceof CommandError
      ? {
          findings: [
            inputFinding(
              'REG111',
              `--publish ${quote(text)}`,
              'an image whose first part is a host',
            ),
          ],
        }
      : { findings: [findingOf(error, '--publish', text)] };
  }
}
