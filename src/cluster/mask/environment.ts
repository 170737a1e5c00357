import { REDACTED } from '../../declaration/credential';
import { isMap } from '../object';
import { maskWhole } from './text';

/** Variables the forge and its router are set up with; those of other programs tell us nothing. */
const KNOWN = /^(GITEA|FORGEJO|TRAEFIK)_/;

/** Variables that say where Gitea's files are (the charts and images of Gitea and Forgejo). */
const PLACES = /^(GITEA|FORGEJO)_(APP_INI|WORK_DIR|WORK_PATH|CUSTOM|TEMP)$/;

/** Variables that become settings of app.ini. */
const SETTING = /^(GITEA|FORGEJO)__/;

/**
 * Settings that may hold a secret, by any part of the name of their variable: wider than the names in app.ini, because
 * sections are escaped here.
 */
const SECRET =
  /PASS|SECRET|TOKEN|KEY|AUTH|CONN_STR|PROVIDER_CONFIG|PROXY_URL|CACHE__HOST|GIT_0X2E_CONFIG|OVERRIDE_HEADER/i;

/**
 * An entry of a container's `env`: its name and what it refers to, for variables of Gitea, Forgejo and Traefik; nothing
 * of others, whose number is large. Values stay for settings of Gitea that are no secret, and for where its files are.
 */
export function keepVariable(entry: unknown): unknown {
  if (!isMap(entry) || typeof entry.name !== 'string' || !KNOWN.test(entry.name)) {
    return undefined;
  }
  const { name, value, valueFrom } = entry;
  const isShown = PLACES.test(name) || (SETTING.test(name) && !SECRET.test(name));
  return {
    name,
    ...(typeof value === 'string' && isShown && { value: maskWhole(value) }),
    ...(typeof value === 'string' && value !== '' && !isShown && { value: REDACTED }),
    ...(isMap(valueFrom) && { valueFrom: references(valueFrom) }),
  };
}

function references(valueFrom: { readonly [source: string]: unknown }): unknown {
  return Object.fromEntries(
    Object.entries(valueFrom).map(([source, reference]) => [
      source,
      isMap(reference) ? { name: reference.name, key: reference.key } : {},
    ]),
  );
}
