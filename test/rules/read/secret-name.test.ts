import {
  isWrittenSetting,
  isWrittenValue,
  isWrittenVariable,
} from '../../../src/rules/read/secret-name';

const HEX = 'c0ffee'.repeat(7).slice(0, 40);

describe('a setting of app.ini', () => {
  test.each<[string, string, string, boolean]>([
    ['database', 'PASSWD', 'gitea', true],
    ['database', 'passwd', 'gitea', true],
    ['database', 'PASSWD', '', false],
    ['database', 'PASSWD', '{{ .a }}', false],
    ['database', 'HOST', 'db.example.org:5432', false],
    ['security', 'SECRET_KEY', 'not-a-key', true],
    ['security', 'PASSWORD_COMPLEXITY', 'spec', false],
    ['cache', 'HOST', 'redis://gitea-redis:6379/0', false],
    ['cache', 'HOST', 'redis://:@gitea-redis:6379/0', false],
    ['cache', 'HOST', 'redis://user@gitea-redis:6379/0', false],
    ['cache', 'HOST', 'redis://:changeme@gitea-redis:6379/0', true],
    ['cache', 'host', 'redis://user:changeme@gitea-redis:6379/0', true],
    ['session', 'PROVIDER_CONFIG', 'network=tcp,addr=redis:6379,password=changeme,db=0', true],
    ['session', 'PROVIDER_CONFIG', 'root:changeme@tcp(db:3306)/gitea', true],
    ['session', 'PROVIDER_CONFIG', 'data/sessions', false],
    ['queue', 'CONN_STR', 'redis://:@a:1/0 redis://:changeme@b:1/0', true],
    ['queue.mailer', 'CONN_STR', 'leveldb:///data/queue', false],
    ['proxy', 'PROXY_URL', 'http://proxy.example.org:3128', false],
    ['proxy', 'PROXY_URL', 'http://me:changeme@proxy.example.org:3128', true],
    ['server', 'ROOT_URL', 'https://git.example.org/', false],
    ['server', 'ROOT_URL', 'https://me:changeme@git.example.org/', true],
    ['git.config', 'http.extraHeader', 'Authorization: x', true],
    ['ui', 'META_AUTHOR', HEX, true],
  ])('[%s] %s = %j: %j', (section, key, text, expected) => {
    expect(isWrittenSetting(section, key, text)).toBe(expected);
  });
});

describe('a variable', () => {
  test.each<[string, string, boolean]>([
    ['GITEA_ADMIN_PASSWORD', 'not-a-password', true],
    ['GITEA_ADMIN_PASSWORD_MODE', 'keepUpdated', false],
    ['GITEA_LDAP_PASSWORD_0', 'not-a-password', true],
    ['GITEA_OAUTH_SECRET_12', 'not-a-secret', true],
    ['token', 'not-a-token', true],
    ['TOKEN', 'REPLACED', false],
    ['TOKEN', '$(OTHER)', false],
    ['USE_TOKEN', 'true', false],
    ['USE_TOKEN', 'False', false],
    ['API_KEY', 'x1', true],
    ['PRIVATE_KEY', 'x1', true],
    ['SECRET_KEY', 'x1', true],
    ['AWS_SECRET_ACCESS_KEY', 'x1', true],
    ['DB_PASSWD', 'x1', true],
    ['MONKEY', 'x1', false],
    ['SUBTOKEN', 'x1', false],
    ['TOKEN_FILE', '/run/secrets/token', false],
    ['DATABASE_URL', 'postgres://gitea:changeme@db/gitea', true],
    ['DATABASE_URL', 'postgres://db/gitea', false],
    ['CACHE_URL', 'redis://:@redis/0', false],
    ['GIT_REVISION', HEX, false],
  ])('%s=%s: %j', (name, value, expected) => {
    expect(isWrittenVariable(name, value)).toBe(expected);
  });
});

describe('a Helm value', () => {
  test.each<[string, string, boolean]>([
    ['password', 'gitea', true],
    ['postgresPassword', 'gitea', true],
    ['postgres-password', 'gitea', true],
    ['passwd', 'gitea', true],
    ['token', 'x1', true],
    ['secret', 'x1', true],
    ['clientSecret', 'x1', false],
    ['existingSecret', 'gitea-db', false],
    ['secretKey', 'x1', true],
    ['privateKey', 'x1', true],
    ['private-key', 'x1', true],
    ['passwordKey', 'password', false],
    ['adminPasswordKey', 'password', false],
    ['usePassword', 'yes', false],
    ['UsePassword', 'yes', false],
    ['password', 'true', false],
    ['password', 'REPLACED', false],
    ['password', '', false],
    ['username', 'gitea', false],
  ])('%s: %s: %j', (name, text, expected) => {
    expect(isWrittenValue(name, text)).toBe(expected);
  });
});
