import { REDACTED } from '../../../src/declaration/credential';
import { isSecretName } from '../../../src/cluster/mask/secret-name';
import { maskSetting } from '../../../src/cluster/mask/setting';
import { maskParts } from '../../../src/cluster/mask/text';
import { maskValues } from '../../../src/cluster/mask/values';
import { keepVariable } from '../../../src/cluster/mask/environment';

describe('Helm values', () => {
  it('lose passwords, tokens and keys wherever they are written', () => {
    const values = {
      gitea: {
        admin: { username: 'root', password: 'hunter2', existingSecret: 'gitea-admin' },
        oauth: [{ name: 'sso', key: 'client', secret: 'hunter2' }],
        ldap: [{ bindPassword: 'hunter2', bindDn: 'cn=x' }],
        metrics: { enabled: true, token: 'hunter2' },
      },
      postgresql: { auth: { password: 12345, username: 'gitea' } },
      signing: { privateKey: '-----BEGIN X\nhunter2' },
      deployment: {
        env: [
          { name: 'API_TOKEN', value: 'hunter2' },
          { name: 'TZ', value: 'UTC' },
        ],
      },
      extraDeploy: [{ kind: 'Secret', stringData: { anything: 'hunter2' } }],
      initPreScript: 'set -e\ncurl -u a:hunter2 x',
      proxy: 'http://me:hunter2@proxy:3128',
      imagePullSecrets: [{ name: 'pull' }],
      replicaCount: 1,
    };
    const text = JSON.stringify(maskValues(values));
    expect(text).not.toMatch(/hunter2|12345/);
    expect(maskValues(values)).toMatchObject({
      gitea: { admin: { username: 'root', password: REDACTED, existingSecret: 'gitea-admin' } },
      deployment: {
        env: [
          { name: 'API_TOKEN', value: REDACTED },
          { name: 'TZ', value: 'UTC' },
        ],
      },
      imagePullSecrets: [{ name: 'pull' }],
      replicaCount: 1,
    });
  });

  it('keep the settings of Gitea that are no secret, in a dependency too', () => {
    const config = {
      APP_NAME: 'Forge',
      server: { ROOT_URL: 'https://git.example.org/', LFS_JWT_SECRET: 'hunter2' },
      database: { HOST: 'db:5432', PASSWD: 'hunter2' },
      packages: { ENABLED: true, LIMIT_SIZE_CONTAINER: 1e6 },
      cache: { HOST: 'redis://:hunter2@r' },
    };
    const masked = {
      APP_NAME: 'Forge',
      server: { ROOT_URL: 'https://git.example.org/', LFS_JWT_SECRET: REDACTED },
      database: { HOST: 'db:5432', PASSWD: REDACTED },
      packages: { ENABLED: true, LIMIT_SIZE_CONTAINER: 1e6 },
      cache: { HOST: REDACTED },
    };
    expect(maskValues({ gitea: { config } })).toEqual({ gitea: { config: masked } });
    const umbrella = { forge: { gitea: { config } } };
    expect(maskValues(umbrella)).toEqual({ forge: { gitea: { config: masked } } });
  });

  it('end at a depth no chart has', () => {
    let deep: unknown = 'hunter2hunter2';
    for (let depth = 0; depth < 5000; depth++) {
      deep = { a: deep };
    }
    expect(JSON.stringify(maskValues(deep))).toContain(REDACTED);
  });
});

describe('a setting of app.ini', () => {
  it.each([
    ['security', 'SECRET_KEY', 'x'],
    ['security', 'INTERNAL_TOKEN', 'x'],
    ['Database', 'PASSWD', 'x'],
    ['storage.minio', 'MINIO_SECRET_ACCESS_KEY', 'x'],
    ['my.section', 'API_KEY', 'x'],
    ['queue', 'CONN_STR', 'redis://r'],
    ['git.config', 'http.extraHeader', 'Authorization: Basic eA=='],
    ['webhook', 'ANY', 'http://u:p@h'],
  ])('[%s] %s is hidden', (section, key, value) => {
    expect(maskSetting(section, key, value)).toBe(REDACTED);
  });

  it.each([
    ['server', 'ROOT_URL', 'https://git.example.org/'],
    ['service', 'DISABLE_QUERY_AUTH_TOKEN', 'true'],
    ['security', 'PASSWORD_HASH_ALGO', 'pbkdf2'],
    ['security', 'SECRET_KEY', ''],
    ['storage', 'MINIO_ENDPOINT', 'minio:9000'],
    ['cron.cleanup_packages', 'OLDER_THAN', '24h'],
  ])('[%s] %s is shown', (section, key, value) => {
    expect(maskSetting(section, key, value)).toBe(value);
  });
});

describe('names', () => {
  it.each([
    'adminPassword',
    'API_KEY',
    'root-password',
    'clientSecret',
    'tokens',
    'users',
    'userPassword',
    'htpasswdUsers',
  ])('%s is one of a secret', (name) => expect(isSecretName(name)).toBe(true));

  it.each([
    'existingSecret',
    'imagePullSecrets',
    'passwordKey',
    'secretName',
    'enableAuth',
    'useToken',
    'key',
  ])('%s is one of a reference', (name) => expect(isSecretName(name)).toBe(false));
});

describe('a variable', () => {
  it('keeps its value when it is a harmless setting of Gitea, or a place of its files', () => {
    for (const [name, value] of [
      ['GITEA__packages__LIMIT_SIZE_CONTAINER', '-1'],
      ['GITEA__CRON_0X2E_CLEANUP_PACKAGES__ENABLED', 'true'],
      ['GITEA_APP_INI', '/data/gitea/conf/app.ini'],
    ]) {
      expect(keepVariable({ name, value })).toEqual({ name, value });
    }
  });

  it.each([
    'GITEA__database__PASSWD',
    'GITEA__security__SECRET_KEY',
    'GITEA__cache__HOST',
    'GITEA__session__PROVIDER_CONFIG',
    'GITEA__queue_0X2E_issue__CONN_STR',
    'GITEA__git_0X2E_config__http_0X2E_extraHeader',
    'FORGEJO__storage__AZURE_BLOB_ACCOUNT_KEY',
    'GITEA__indexer__ISSUE_INDEXER_CONN_STR',
    'GITEA__webhook__PROXY_URL',
  ])('%s loses it', (name) => {
    expect(keepVariable({ name, value: 'hunter2' })).toEqual({ name, value: REDACTED });
  });

  it('of another program is not kept', () => {
    expect(keepVariable({ name: 'DATABASE_URL', value: 'hunter2' })).toBeUndefined();
  });

  it('keeps what it refers to', () => {
    const valueFrom = { secretKeyRef: { name: 's', key: 'k', optional: true } };
    expect(keepVariable({ name: 'GITEA_A', valueFrom })).toEqual({
      name: 'GITEA_A',
      valueFrom: { secretKeyRef: { name: 's', key: 'k' } },
    });
  });
});

describe('a message', () => {
  it.each([
    'Failed to pull image "h/a:da39a3ee5e6b4b0d3255bfef95601890afd80709"',
    'failed to fetch anonymous token: unexpected status: 401 Unauthorized',
    'failed to fetch oauth token: Post "https://h/v2/token?scope=repository%3Aa": 401',
    "couldn't find key tls.key in Secret default/a",
  ])('stays as it is: %s', (text) => expect(maskParts(text)).toBe(text));

  it.each([
    'https://me:hunter2@h/x',
    'Authorization: Basic aHVudGVyMjpodW50ZXIy hunter',
    'GET https://s3/x?X-Amz-Signature=hunter2&b',
    'password: hunter2',
    'postgres://h?password=hunter2&a=b',
    'x eyJhbGciOiJIUzI1NiJ9.hunter2.hunter2',
  ])('loses the credential in it: %s', (text) => {
    expect(maskParts(text)).not.toMatch(/hunter2|aHVudGVy/);
  });
});
