import { looksLikeCredential } from './credential';

/** Sections that Gitea reads as an object store (modules/setting/storage.go getStorage, with inheritance). */
const STORAGE_SECTIONS =
  'storage storage.* attachment lfs avatar repo-avatar repo-archive packages actions actions.artifacts';

const STORAGE_SECRETS = 'MINIO_SECRET_ACCESS_KEY AZURE_BLOB_ACCOUNT_KEY';

/**
 * Keys of app.ini that hold a secret, or a connection string that may: read key by key from the settings code of
 * Gitea (modules/setting at 1.26-dev) and Forgejo (12-dev), with keys of older releases that may still stand in a
 * file. `section.*` is any sub-section. Keys named `…_URI` hold a `file:` path and are none.
 */
const SECRET_KEYS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    // Signing keys (security.go, oauth2.go, lfs.go, camo.go).
    ['security', 'SECRET_KEY INTERNAL_TOKEN'],
    ['oauth2', 'JWT_SECRET'],
    ['server', 'LFS_JWT_SECRET'],
    ['camo', 'HMAC_KEY'],
    // Passwords and tokens (metrics.go, service.go, database.go, mailer.go, incoming_email.go, log.go up to 1.19).
    ['metrics', 'TOKEN'],
    ['service', 'RECAPTCHA_SECRET HCAPTCHA_SECRET MCAPTCHA_SECRET CF_TURNSTILE_SECRET'],
    ['database', 'PASSWD'],
    ['mailer', 'PASSWD PASSWORD'],
    ['email', 'PASSWORD PASSWD'],
    ['email.incoming', 'PASSWORD PASSWD'],
    ['log', 'PASSWD'],
    ['log.*', 'PASSWD'],
    // Connection strings (cache.go, session.go, queue.go, indexer.go, global_lock.go, proxy.go, webhook.go).
    ['cache', 'HOST'],
    ['session', 'PROVIDER_CONFIG'],
    ['queue', 'CONN_STR'],
    ['queue.*', 'CONN_STR'],
    ['task', 'QUEUE_CONN_STR'],
    [
      'indexer',
      'ISSUE_INDEXER_CONN_STR REPO_INDEXER_CONN_STR ISSUE_INDEXER_QUEUE_CONN_STR ISSUE_INDEXER_PASSWD',
    ],
    ['global_lock', 'SERVICE_CONN_STR'],
    ['proxy', 'PROXY_URL'],
    ['webhook', 'PROXY_URL'],
    ...STORAGE_SECTIONS.split(' ').map((section) => [
      section,
      section === 'lfs' ? `${STORAGE_SECRETS} LFS_JWT_SECRET` : STORAGE_SECRETS,
    ]),
  ].map(([section, keys]) => [section, new Set(keys.split(' '))]),
);

/** Whether `[section] key` holds a secret. Gitea folds the case of both; so does this. */
export function isSecretKey(section: string, key: string): boolean {
  const name = section.toLowerCase();
  const parent = name.replace(/\..*$/s, '.*');
  return [name, parent].some((row) => SECRET_KEYS.get(row)?.has(key.toUpperCase()) ?? false);
}

/** Names of options that take a credential, such as `http.proxy` of Git or a header of every mail. */
const OPEN_SECTIONS = /^(git\.config|mailer\.override_header)$/i;

/**
 * Whether a value carries a credential whatever its key: userinfo in a URL, `password=`, a token. In sections
 * whose keys are anyone's own, an `Authorization` header counts too.
 */
export function carriesCredential(section: string, value: string): boolean {
  return (
    looksLikeCredential(value) || (OPEN_SECTIONS.test(section) && /\bauthorization\b/i.test(value))
  );
}
