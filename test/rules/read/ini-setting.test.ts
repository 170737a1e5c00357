import fc from 'fast-check';
import type { Manifest } from '../../../src/rules/manifest';
import { asManifest, asValues } from '../../../src/rules/manifest';
import { chartValues } from '../../../src/rules/read/chart-values';
import type { IniSetting } from '../../../src/rules/read/ini-setting';
import {
  settingsOfData,
  settingsOfEnv,
  settingsOfValues,
} from '../../../src/rules/read/ini-setting';
import { workloadOf } from '../../../src/rules/read/workload';
import recorded from '../../vectors/chart-app-ini.json';
import { INI_KEY, INI_SECTION } from '../../../src/declaration/app-ini';
import { matches } from '../../../src/declaration/grammar';

const ofValues = (values: object): IniSetting[] =>
  chartValues(asValues(values, {}), () => undefined).flatMap(settingsOfValues);

const ofConfig = (config: object): string[] => ofValues({ gitea: { config } }).map(inShort);

const inShort = ({ section, key, text, source }: IniSetting): string =>
  `${source} [${section}] ${key}${text === undefined ? '' : `=${text}`}`;

describe('settings in Helm values', () => {
  test('are sections in lower case and keys in upper case', () => {
    expect(
      ofConfig({ Packages: { enabled: 'true' }, 'cron.cleanup_packages': { ENABLED: true } }),
    ).toEqual(['values [packages] ENABLED=true', 'values [cron.cleanup_packages] ENABLED=true']);
  });

  test('are what Gitea reads of what Helm prints', () => {
    expect(
      ofConfig({
        packages: {
          LIMIT_SIZE_GENERIC: 5368709120,
          LIMIT_SIZE_NPM: '"5 GiB"',
          LIMIT_SIZE_GO: null,
        },
        other: { LIST: ['a', 'b'], MAP: { c: 1 } },
      }),
    ).toEqual([
      'values [packages] LIMIT_SIZE_GENERIC=5.36870912e+09',
      'values [packages] LIMIT_SIZE_NPM=5 GiB',
      'values [packages] LIMIT_SIZE_GO=<nil>',
      'values [other] LIST=[a b]',
      'values [other] MAP=map[c:1]',
    ]);
  });

  test.each(['APP_NAME', 'RUN_USER', 'RUN_MODE', 'APP_SLOGAN', 'APP_DISPLAY_NAME_FORMAT'])(
    'may be %s before all sections',
    (name) => {
      expect(ofConfig({ [name]: 'x' })).toEqual([`values [] ${name}=x`]);
    },
  );

  test('are nothing else at the top', () => {
    expect(ofConfig({ ROOT_URL: 'x', MY_APP_NAME: 'x', packages: null })).toEqual([]);
  });

  test('of several lines are several settings', () => {
    expect(ofConfig({ packages: { ENABLED: 'true\nlimit_size_generic=1 GiB\nnonsense' } })).toEqual(
      ['values [packages] ENABLED=true', 'values [packages] LIMIT_SIZE_GENERIC=1 GiB'],
    );
  });

  test('stand where they are written', () => {
    const [setting] = ofValues({ gitea: { config: { packages: { enabled: 'x' } } } });
    expect(setting.at.path).toBe('gitea.config.packages.enabled');
  });

  test('may be variables of the container', () => {
    const values = {
      gitea: {
        config: { packages: { ENABLED: 'true' } },
        additionalConfigFromEnvs: [{ name: 'GITEA__PACKAGES__ENABLED', value: 'false' }],
      },
      deployment: { env: [{ name: 'GITEA__SERVER__ROOT_URL', value: 'https://git.example.org/' }] },
    };
    expect(ofValues(values).map((one) => `${inShort(one)} ${one.at.path}`)).toEqual([
      'values [packages] ENABLED=true gitea.config.packages.ENABLED',
      'env [server] ROOT_URL=https://git.example.org/ deployment.env[0].value',
      'env [packages] ENABLED=false gitea.additionalConfigFromEnvs[0].value',
    ]);
  });

  test.each(recorded.map((one) => [`${one.case}, ${one.chart}`, one] as const))(
    'are what the real chart and the real loader made of them: %s',
    (_, { overlay, readBack }) => {
      const seen: { [section: string]: { [key: string]: string | undefined } } = {};
      for (const { section, key, text } of ofValues({ gitea: { config: overlay } })) {
        seen[section] = { ...seen[section], [key]: text };
      }
      expect(seen).toEqual(readBack);
    },
  );

  test('come back from any section and key the declaration takes', () => {
    const name = (pattern: RegExp) => fc.stringMatching(pattern);
    const section = name(/^[a-z][a-z0-9]{0,8}([._-][a-z0-9]{1,8}){0,2}$/).filter((text) =>
      matches(INI_SECTION, text),
    );
    const key = name(/^[A-Z][A-Z0-9]{0,8}(_[A-Z0-9]{1,8}){0,2}$/).filter((text) =>
      matches(INI_KEY, text),
    );
    const value = fc.string().filter((text) => !/[\n`#;]/.test(text));
    fc.assert(
      fc.property(section, key, value, (aSection, aKey, aValue) => {
        const [setting] = ofValues({ gitea: { config: { [aSection]: { [aKey]: aValue } } } });
        expect([setting.section, setting.key]).toEqual([aSection, aKey]);
        expect(aValue).toContain(setting.text!);
      }),
    );
  });
});

const deployment = (env: readonly object[]): Manifest =>
  asManifest(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        template: {
          spec: { initContainers: [{ env: [env[0]] }], containers: [{ env: env.slice(1) }] },
        },
      },
    },
    {},
  );

describe('settings in the environment', () => {
  test('are those of every container, init containers first', () => {
    const found = settingsOfEnv(
      workloadOf(
        deployment([
          { name: 'GITEA__packages__enabled', value: 'false' },
          { name: 'FORGEJO__SERVER__HTTP_PORT', value: 3000 },
          { name: 'GITEA____APP_NAME', value: '' },
          { name: 'HOME', value: '/data' },
          { value: 'no name' },
        ]),
      )!,
    );
    expect(
      found.map((one) => `${inShort(one)} ${one.at.path.split('.').slice(-3).join('.')}`),
    ).toEqual([
      'env [packages] ENABLED=false initContainers[0].env[0].value',
      'env [server] HTTP_PORT=3000 containers[0].env[0].value',
      'env [] APP_NAME= containers[0].env[1].value',
    ]);
  });

  test('stand once, however many containers have them', () => {
    const env = { name: 'GITEA__PACKAGES__ENABLED', value: 'false' };
    const found = settingsOfEnv(
      workloadOf(deployment([env, env, { ...env, value: 'true' }, { ...env, value: 'false' }]))!,
    );
    expect(found.map((one) => `${inShort(one)} ${one.at.path}`)).toEqual([
      'env [packages] ENABLED=false spec.template.spec.initContainers[0].env[0].value',
      'env [packages] ENABLED=true spec.template.spec.containers[0].env[1].value',
    ]);
  });

  test('have no text where a Secret or a file holds it', () => {
    const found = settingsOfEnv(
      workloadOf(
        deployment([
          {
            name: 'GITEA__DATABASE__PASSWD',
            valueFrom: { secretKeyRef: { name: 'db', key: 'p' } },
          },
          { name: 'GITEA__DATABASE__PASSWD__FILE', value: '/run/secrets/db' },
        ]),
      )!,
    );
    expect(found.map(inShort)).toEqual(['env [database] PASSWD']);
    expect(found[0].at.path).toMatch(/env\[0\]$/);
  });
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const object = (kind: string, fields: object): Manifest =>
  asManifest({ apiVersion: 'v1', kind, metadata: { name: 'x' }, ...fields }, {});

describe('settings in a Secret or ConfigMap', () => {
  test('are one section a key, where the chart says so', () => {
    const secret = object('Secret', {
      stringData: { Packages: 'enabled=false # x', _generals_: 'APP_NAME=Git' },
      data: { server: base64('ROOT_URL=https://git.example.org/') },
    });
    expect(settingsOfData(secret, true).map(inShort)).toEqual([
      'ini [packages] ENABLED=false # x',
      'ini [] APP_NAME=Git',
      'ini [server] ROOT_URL=https://git.example.org/',
    ]);
    expect(settingsOfData(secret, false)).toEqual([]);
  });

  test('are those of a whole app.ini, where case counts', () => {
    const text = '[packages]\nENABLED = false # x\n[Server]\nroot_url = x\n';
    const expected = ['ini [packages] ENABLED=false', 'ini [Server] root_url=x'];
    for (const bySection of [true, false]) {
      expect(
        settingsOfData(object('ConfigMap', { data: { 'app.ini': text } }), bySection).map(inShort),
      ).toEqual(expected);
      expect(
        settingsOfData(object('Secret', { data: { 'app.ini': base64(text) } }), bySection).map(
          inShort,
        ),
      ).toEqual(expected);
    }
  });

  test('are none in other files, and none where there is no text', () => {
    expect(settingsOfData(object('ConfigMap', { data: { 'my-app.ini': 'A=b' } }), false)).toEqual(
      [],
    );
    expect(
      settingsOfData(object('ConfigMap', { data: { server: 1, 'app.ini': null } }), true),
    ).toEqual([]);
    expect(settingsOfData(object('Secret', { data: null, stringData: 'x' }), true)).toEqual([]);
  });

  test('stand at their text', () => {
    const [setting] = settingsOfData(object('ConfigMap', { data: { 'app.ini': 'A=b' } }), false);
    expect(setting.at.path).toBe('data["app.ini"]');
  });
});
