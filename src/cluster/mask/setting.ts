import { REDACTED } from '../../declaration/credential';
import { carriesCredential, isSecretKey } from '../../declaration/secret-keys';
import { isSecretName } from './secret-name';

/** Words that tell nothing, whatever they are the value of. */
const SWITCH = /^(|true|false)$/i;

/** The value of one setting of app.ini, or {@link REDACTED} for a secret, a connection string or a credential in it. */
export function maskSetting(section: string, key: string, value: string): string {
  if (SWITCH.test(value.trim())) {
    return value;
  }
  const isSecret =
    isSecretKey(section, key) || isSecretName(key) || carriesCredential(section, value);
  return isSecret ? REDACTED : value;
}
