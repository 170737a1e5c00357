import { quote } from '../../declaration/problem';
import { carriesCredential, isSecretKey } from '../../declaration/secret-keys';

/** Whether the value of a setting may be a secret: by the keys Gitea has, and by the look of other names. */
export function mayBeSecret(section: string, key: string): boolean {
  return (
    isSecretKey(section, key) || /PASS|SECRET|TOKEN|CREDENTIAL|_KEY$|^KEY$|CONN_STR/i.test(key)
  );
}

/** The value of a setting as a message may show it. */
export function shownValue(section: string, key: string, text: string): string {
  return mayBeSecret(section, key) || carriesCredential(section, text)
    ? 'not shown, for it may be a secret'
    : quote(text);
}
