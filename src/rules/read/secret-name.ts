import { carriesCredential, isSecretKey } from '../../declaration/secret-keys';
import {
  looksLikeCredential,
  looksLikeCredentialBesideRevision,
} from '../../declaration/credential';
import { isStandIn } from './secret-text';

/** Keys of app.ini with a connection string: an address, that holds a password only at times. */
const CONNECTIONS = /(^|_)(HOST|CONN_STR|PROVIDER_CONFIG|PROXY_URL)$/;

/** Whether `[section] key` with this text writes a secret out. */
export function isWrittenSetting(section: string, key: string, text: string): boolean {
  if (isStandIn(text)) {
    return false;
  }
  if (!isSecretKey(section, key)) {
    return carriesCredential(section, withoutEmptyUser(text));
  }
  return !CONNECTIONS.test(key.toUpperCase()) || holdsPassword(text);
}

/** Whether a connection string holds a password: in a URL, in a DSN of MySQL, or as `password=`. */
function holdsPassword(text: string): boolean {
  return looksLikeCredential(withoutEmptyUser(text)) || /^[^\s/:@]+:[^\s/@]+@/.test(text);
}

/** The charts write `redis+cluster://:@host` where no password is set. */
function withoutEmptyUser(text: string): string {
  return text.replace(/:\/\/[^\s/?#:@]*:?@/g, '://');
}

/** Environment variables that hold a secret by their name, the numbered ones of the charts included. */
const SECRET_VARIABLE =
  /(^|_)(PASSWORD|PASSWD|TOKEN|SECRET|SECRET_KEY|PRIVATE_KEY|API_KEY|ACCESS_KEY)(_\d+)?$/i;

/** Whether a variable with this value writes a secret out. */
export function isWrittenVariable(name: string, value: string): boolean {
  if (isStandIn(value) || isSwitch(value)) {
    return false;
  }
  return SECRET_VARIABLE.test(name) || looksLikeCredentialBesideRevision(withoutEmptyUser(value));
}

/** Keys of Helm values that hold a secret by their name; those that name a key or a Secret end otherwise. */
const SECRET_VALUE = /(password|passwd|token|private-?key|secret-?key|^secret)$/i;

/** Whether a Helm value of this name and text writes a secret out. */
export function isWrittenValue(name: string, text: string): boolean {
  return SECRET_VALUE.test(name) && !/^use/i.test(name) && !isStandIn(text) && !isSwitch(text);
}

function isSwitch(text: string): boolean {
  return /^(true|false)$/i.test(text);
}
