import { carriesCredential, isSecretKey } from '../../src/declaration/secret-keys';

type Rows = readonly (readonly [section: string, keys: string])[];

/** Keys whose value is a secret, or a connection string with room for one, as either product reads or read them. */
const SECRETS: Rows = [
  ['security', 'SECRET_KEY INTERNAL_TOKEN'],
  ['oauth2', 'JWT_SECRET'],
  ['server', 'LFS_JWT_SECRET'],
  ['camo', 'HMAC_KEY'],
  ['metrics', 'TOKEN'],
  ['service', 'RECAPTCHA_SECRET HCAPTCHA_SECRET MCAPTCHA_SECRET CF_TURNSTILE_SECRET'],
  ['database', 'PASSWD'],
  ['mailer', 'PASSWD PASSWORD'],
  ['email.incoming', 'PASSWORD PASSWD'],
  ['email', 'PASSWORD PASSWD'],
  ['storage', 'MINIO_SECRET_ACCESS_KEY AZURE_BLOB_ACCOUNT_KEY'],
  ['storage.*', 'MINIO_SECRET_ACCESS_KEY AZURE_BLOB_ACCOUNT_KEY'],
  ['attachment', 'MINIO_SECRET_ACCESS_KEY AZURE_BLOB_ACCOUNT_KEY'],
  ['lfs', 'MINIO_SECRET_ACCESS_KEY AZURE_BLOB_ACCOUNT_KEY LFS_JWT_SECRET'],
  ['avatar', 'MINIO_SECRET_ACCESS_KEY AZURE_BLOB_ACCOUNT_KEY'],
  ['repo-avatar', 'MINIO_SECRET_ACCESS_KEY AZURE_BLOB_ACCOUNT_KEY'],
  ['repo-archive', 'MINIO_SECRET_ACCESS_KEY AZURE_BLOB_ACCOUNT_KEY'],
  ['packages', 'MINIO_SECRET_ACCESS_KEY AZURE_BLOB_ACCOUNT_KEY'],
  ['actions.artifacts', 'MINIO_SECRET_ACCESS_KEY AZURE_BLOB_ACCOUNT_KEY'],
  ['actions', 'MINIO_SECRET_ACCESS_KEY AZURE_BLOB_ACCOUNT_KEY'],
  ['cache', 'HOST'],
  ['session', 'PROVIDER_CONFIG'],
  ['queue', 'CONN_STR'],
  ['queue.*', 'CONN_STR'],
  ['task', 'QUEUE_CONN_STR'],
  [
    'indexer',
    'ISSUE_INDEXER_QUEUE_CONN_STR ISSUE_INDEXER_CONN_STR REPO_INDEXER_CONN_STR ISSUE_INDEXER_PASSWD',
  ],
  ['global_lock', 'SERVICE_CONN_STR'],
  ['proxy', 'PROXY_URL'],
  ['webhook', 'PROXY_URL'],
  ['log', 'PASSWD'],
  ['log.*', 'PASSWD'],
];

/** Keys that name the file a secret is in. */
const FILES_OF_SECRETS: Rows = [
  ['security', 'SECRET_KEY_URI INTERNAL_TOKEN_URI'],
  ['oauth2', 'JWT_SECRET_URI'],
  ['server', 'LFS_JWT_SECRET_URI'],
  ['lfs', 'LFS_JWT_SECRET_URI'],
  ['mailer', 'PASSWD_URI PASSWORD_URI'],
  ['email.incoming', 'PASSWORD_URI'],
  ['database', 'PASSWD_URI'],
  ['indexer', 'ISSUE_INDEXER_PASSWD_URI'],
];

/** Keys that sound like a secret or a connection and are none. */
const FALSE_FRIENDS: Rows = [
  ['cors', 'ALLOW_CREDENTIALS'],
  [
    'mailer',
    'CLIENT_KEY_FILE KEY_FILE SENDMAIL_PATH SENDMAIL_TIMEOUT SENDMAIL_CONVERT_CRLF CLIENT_CERT_FILE USE_CLIENT_CERT SMTP_ADDR USER',
  ],
  [
    'server',
    'KEY_FILE LFS_HTTP_AUTH_EXPIRY MINIMUM_KEY_SIZE_CHECK SSH_AUTHORIZED_KEYS_BACKUP SSH_AUTHORIZED_KEYS_COMMAND_TEMPLATE SSH_AUTHORIZED_PRINCIPALS_ALLOW SSH_AUTHORIZED_PRINCIPALS_BACKUP SSH_CREATE_AUTHORIZED_KEYS_FILE SSH_CREATE_AUTHORIZED_PRINCIPALS_FILE SSH_SERVER_KEY_EXCHANGES SSH_SERVER_HOST_KEYS SSH_TRUSTED_USER_CA_KEYS SSH_TRUSTED_USER_CA_KEYS_FILENAME SSH_KEYGEN_PATH SSH_KEY_TEST_PATH',
  ],
  [
    'oauth2',
    'JWT_SIGNING_PRIVATE_KEY_FILE ACCESS_TOKEN_EXPIRATION_TIME REFRESH_TOKEN_EXPIRATION_TIME INVALIDATE_REFRESH_TOKENS MAX_TOKEN_LENGTH JWT_SIGNING_ALGORITHM',
  ],
  ['repository.pull-request', 'CLOSE_KEYWORDS REOPEN_KEYWORDS DEFAULT_MERGE_MESSAGE_ALL_AUTHORS'],
  ['repository.signing', 'SIGNING_KEY TRUSTED_SSH_KEYS'],
  [
    'security',
    'DISABLE_QUERY_AUTH_TOKEN TWO_FACTOR_AUTH MIN_PASSWORD_LENGTH PASSWORD_CHECK_PWN PASSWORD_COMPLEXITY PASSWORD_HASH_ALGO SUCCESSFUL_TOKENS_CACHE_SIZE REVERSE_PROXY_AUTHENTICATION_USER REVERSE_PROXY_AUTHENTICATION_EMAIL REVERSE_PROXY_AUTHENTICATION_FULL_NAME COOKIE_REMEMBER_NAME',
  ],
  [
    'service',
    'CF_TURNSTILE_SITEKEY HCAPTCHA_SITEKEY MCAPTCHA_SITEKEY RECAPTCHA_SITEKEY ENABLE_BASIC_AUTHENTICATION ENABLE_REVERSE_PROXY_AUTHENTICATION ENABLE_REVERSE_PROXY_AUTHENTICATION_API REQUIRE_EXTERNAL_REGISTRATION_PASSWORD RESET_PASSWD_CODE_LIVE_MINUTES ENABLE_PASSKEY_AUTHENTICATION ENABLE_PASSWORD_SIGNIN_FORM',
  ],
  ['ui.meta', 'AUTHOR KEYWORDS'],
  [
    'actions',
    'ID_TOKEN_SIGNING_ALGORITHM ID_TOKEN_SIGNING_PRIVATE_KEY_FILE ID_TOKEN_EXPIRATION_TIME',
  ],
  ['packages', 'DEFAULT_RPM_SIGN_ENABLED LIMIT_TOTAL_OWNER_SIZE'],
  ['database', 'HOST USER CONN_MAX_LIFETIME SSL_MODE HOST_PRIMARY HOST_REPLICA CONN_MAX_IDLETIME'],
  ['session', 'PROVIDER COOKIE_NAME'],
  ['cache', 'ADAPTER'],
  ['queue', 'TYPE DATADIR'],
  ['indexer', 'ISSUE_INDEXER_TYPE REPO_INDEXER_TYPE ISSUE_INDEXER_NAME'],
  ['global_lock', 'SERVICE_TYPE'],
  ['proxy', 'PROXY_ENABLED PROXY_HOSTS'],
  ['webhook', 'PROXY_HOSTS'],
  ['camo', 'SERVER_URL'],
];

/** Identifiers beside a secret and options whose value decides; the key alone is no secret. */
const BESIDE_SECRETS: Rows = [
  ['storage', 'MINIO_ACCESS_KEY_ID AZURE_BLOB_ACCOUNT_NAME'],
  ['storage.minio', 'MINIO_ACCESS_KEY_ID AZURE_BLOB_ACCOUNT_NAME'],
  ['packages', 'MINIO_ACCESS_KEY_ID AZURE_BLOB_ACCOUNT_NAME'],
  ['mailer', 'SENDMAIL_ARGS'],
  ['markup.asciidoc', 'RENDER_COMMAND'],
  ['database', 'NAME'],
  ['cache', 'CONN'],
];

function each(rows: Rows): [section: string, key: string][] {
  return rows.flatMap(([section, keys]) =>
    keys.split(' ').map((key): [string, string] => [section, key]),
  );
}

describe('isSecretKey', () => {
  it.each(each(SECRETS))('[%s] %s is a secret', (section, key) => {
    const name = section.replace('*', 'any_name');
    expect(isSecretKey(name, key)).toBe(true);
    expect(isSecretKey(name.toUpperCase(), key.toLowerCase())).toBe(true);
  });

  it.each(each(SECRETS).filter(([section]) => section.endsWith('.*')))(
    '[%s] %s is one in sub-sections of any depth',
    (section, key) => {
      for (const name of ['x', 'issue_indexer', 'a.b.c', 'line\nbreak', '']) {
        expect(isSecretKey(section.replace('*', name), key)).toBe(true);
      }
    },
  );

  it.each(each(FILES_OF_SECRETS))('[%s] %s names a file and is none', (section, key) => {
    expect(isSecretKey(section, key)).toBe(false);
  });

  it.each([...each(FALSE_FRIENDS), ...each(BESIDE_SECRETS)])('[%s] %s is none', (section, key) => {
    expect(isSecretKey(section, key)).toBe(false);
  });

  it('knows a key in its own section only', () => {
    expect(isSecretKey('server', 'ROOT_URL')).toBe(false);
    expect(isSecretKey('repository', 'PASSWD')).toBe(false);
    expect(isSecretKey('database', 'HOST')).toBe(false);
    expect(isSecretKey('cache', 'HOST')).toBe(true);
    expect(isSecretKey('database.extra', 'PASSWD')).toBe(false);
    expect(isSecretKey('', 'SECRET_KEY')).toBe(false);
    expect(isSecretKey('constructor', 'TOSTRING')).toBe(false);
  });

  it('does not take a section for another that begins alike', () => {
    expect(isSecretKey('storages', 'MINIO_SECRET_ACCESS_KEY')).toBe(false);
    expect(isSecretKey('queues.x', 'CONN_STR')).toBe(false);
    expect(isSecretKey('logger', 'PASSWD')).toBe(false);
  });
});

describe('carriesCredential', () => {
  it.each([
    ['server', 'https://git.example.org/', false],
    ['indexer', 'http://user:pass@elastic:9200', true],
    ['queue', 'addrs=127.0.0.1:6379 password=hunter2', true],
    ['git.config', 'Authorization: x', true],
    ['GIT.CONFIG', 'AUTHORIZATION: x', true],
    ['mailer.override_header', 'authorization: x', true],
    ['mailer', 'Authorization is needed', false],
    ['git.config.x', 'Authorization: x', false],
    ['git.config', 'reauthorizations', false],
  ])('in [%s], %j: %s', (section, value, carries) => {
    expect(carriesCredential(section, value)).toBe(carries);
  });
});
