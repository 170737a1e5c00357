import { isMap } from '../object';
import { maskParts } from '../mask/text';
import { isSecretName } from '../mask/secret-name';
import { REDACTED } from '../../declaration/credential';

/** Options of Traefik that decide about routes, limits and certificates; none of these takes a credential. */
const TRAEFIK_OPTION =
  /^--(entrypoints|providers\.(kubernetes\w*|file)|certificatesresolvers|metrics|ping|api|log|accesslog|global|core|experimental)\b/i;

/** Words of a backup's command that tell what it saves (`gitea dump`, tools of backups, paths of the data). */
const BACKUP_WORD =
  /^(gitea|forgejo|dump|pg_dump|pg_dumpall|pg_basebackup|restic|rclone|rsync|velero|kopia|borg|tar|--skip-[a-z-]+|\/data(\/[\w.-]+)*)$/;

/** Longest command line that is looked at. */
const MOST_CHARACTERS = 20_000;

/**
 * What stays of a container's `command` and `args`. Anything may stand there, passwords included, so only words that
 * are known are kept: the options of a Traefik, and what a backup saves.
 */
export function keepArguments(container: unknown): { readonly args?: readonly string[] } {
  if (!isMap(container)) {
    return {};
  }
  const words = [...textsOf(container.command), ...textsOf(container.args)];
  const image = typeof container.image === 'string' ? container.image : '';
  const kept = /traefik/.test(image) ? traefikOptions(words) : backupWords(words);
  return kept.length === 0 ? {} : { args: kept };
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((word) => typeof word === 'string') : [];
}

function traefikOptions(words: readonly string[]): string[] {
  return words
    .filter((word) => TRAEFIK_OPTION.test(word))
    .map((word) => {
      const [name] = word.split('=', 1);
      return isSecretName(name) || /\.eab\./i.test(name) ? `${name}=${REDACTED}` : maskParts(word);
    });
}

function backupWords(words: readonly string[]): string[] {
  return words
    .join(' ')
    .slice(0, MOST_CHARACTERS)
    .split(/[\s;&|"'()`]+/)
    .filter((word) => BACKUP_WORD.test(word));
}
