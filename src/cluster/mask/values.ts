import { REDACTED } from '../../declaration/credential';
import { isMap } from '../object';
import { isSecretName } from './secret-name';
import { maskSetting } from './setting';
import { maskWhole } from './text';

/** Names below a secret's own map that refer to it instead of holding it: `secret: { secretName: … }`. */
const REFERENCE = /(name|namespace|ref)$|^(key|keys|enabled|optional|create|kind|existing.*)$/i;

/** Maps whose every value is a secret, whatever its name: those of a Secret in `extraDeploy`. */
const SECRET_MAP = /^(stringData|data)$/;

/** Deepest values that are read; Helm's have some ten levels. */
const DEEPEST = 40;

/**
 * Helm values, or part of a spec, with every secret replaced by `‹redacted›`: by the names of keys, by the settings of
 * Gitea below `gitea.config` and by the shape of texts. Texts of several lines are scripts and files of anybody: hidden.
 */
export function maskValues(values: unknown): unknown {
  return masked(values, [], false);
}

function masked(value: unknown, path: readonly string[], isSecret: boolean): unknown {
  if (path.length > DEEPEST) {
    return REDACTED;
  }
  if (Array.isArray(value)) {
    return value.map((item) => masked(item, path, isSecret));
  }
  return isMap(value) ? maskedMap(value, path, isSecret) : scalar(value, path, isSecret);
}

function maskedMap(
  map: { readonly [key: string]: unknown },
  path: readonly string[],
  isSecret: boolean,
): unknown {
  const named = typeof map.name === 'string' && 'value' in map && isSecretName(map.name);
  return Object.fromEntries(
    Object.entries(map).map(([key, below]) => {
      const secret =
        (named && key === 'value') ||
        (map.kind === 'Secret' && SECRET_MAP.test(key)) ||
        (isSecret ? !REFERENCE.test(key) : isSecretName(key));
      return [maskWhole(key), masked(below, [...path, key], secret)];
    }),
  );
}

function scalar(value: unknown, path: readonly string[], isSecret: boolean): unknown {
  if (value === null || typeof value === 'boolean' || value === '') {
    return value;
  }
  const setting = settingAt(path);
  if (setting) {
    const text = `${value as string | number}`;
    return maskSetting(...setting, text) === text && !text.includes('\n') ? value : REDACTED;
  }
  if (isSecret) {
    return REDACTED;
  }
  return typeof value === 'string' ? shown(value) : value;
}

function shown(text: string): string {
  return text.includes('\n') ? REDACTED : maskWhole(text);
}

/** Section and key of a path that passes `gitea.config`: the chart may be a dependency of another. */
function settingAt(path: readonly string[]): [section: string, key: string] | undefined {
  const at = path.findIndex((step, index) => step === 'config' && path[index - 1] === 'gitea');
  const [section = '', key] = path.slice(at + 1);
  return at < 0 ? undefined : key === undefined ? ['', section] : [section, key];
}
