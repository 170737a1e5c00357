import type { ForgeReleaseProps, HttpServiceFacts } from 'cdk8s-gitea-registry';
import { ForgeRelease } from 'cdk8s-gitea-registry';
import { FULL_RELEASE, RELEASE } from '../support/registries';
import { messageOf } from '../support/thrown';

const gitea = (props: Partial<ForgeReleaseProps>) =>
  ForgeRelease.gitea({ ...RELEASE, ...props })._toDeclaration();

const service = (facts: Partial<HttpServiceFacts>) =>
  gitea({ httpService: { name: 'gitea-http', port: 3000, ...facts } });

it('defaults', () => {
  expect(gitea({})).toEqual({
    flavor: 'gitea',
    name: 'gitea',
    namespace: 'git',
    chart: 'oci://docker.gitea.com/charts/gitea',
    chartVersion: '12.5.0',
    appVersion: '1.25.4',
    valuesFiles: [],
    httpService: { name: 'gitea-http', port: 3000, appPort: 3000 },
    liveConfig: {},
  });
});

it('all the props', () => {
  const props: Required<ForgeReleaseProps> = FULL_RELEASE;
  const httpService: Required<HttpServiceFacts> = {
    name: 'forge-http',
    port: 80,
    appPort: 3001,
    nodePort: 32166,
  };
  expect(ForgeRelease.gitea({ ...props, httpService })._toDeclaration()).toEqual({
    flavor: 'gitea',
    ...props,
    httpService,
  });
});

it('can be a release of Forgejo, whose chart is another one', () => {
  expect(ForgeRelease.forgejo(RELEASE)._toDeclaration()).toMatchObject({
    flavor: 'forgejo',
    chart: 'oci://code.forgejo.org/forgejo-helm/forgejo',
  });
});

it('can have a version of Forgejo with the Gitea version in it', () => {
  expect(gitea({ appVersion: '11.0.1+gitea-1.22.0' }).appVersion).toBe('11.0.1+gitea-1.22.0');
});

it('does not see a list or map that the caller changes afterwards', () => {
  const valuesFiles = ['a.yaml'];
  const liveConfig: { [path: string]: string } = { 'server.DOMAIN': 'a.example.org' };
  const release = ForgeRelease.gitea({ ...RELEASE, valuesFiles, liveConfig });
  valuesFiles.push('b.yaml');
  liveConfig['server.ROOT_URL'] = 'http://a.example.org';
  expect(release._toDeclaration()).toMatchObject({
    valuesFiles: ['a.yaml'],
    liveConfig: { 'server.DOMAIN': 'a.example.org' },
  });
});

it('sorts what the release says today, so that the order of writing is no difference', () => {
  const liveConfig = { 'server.ROOT_URL': 'http://a', 'packages.ENABLED': 'true' };
  expect(Object.keys(gitea({ liveConfig }).liveConfig)).toEqual([
    'packages.ENABLED',
    'server.ROOT_URL',
  ]);
});

describe('throws when', () => {
  it.each<[string, Partial<ForgeReleaseProps>, RegExp]>([
    ['the name is none', { name: 'My_Release' }, /^release\.name 'My_Release' .*REG660\)$/],
    ['the name is too long', { name: 'a'.repeat(54) }, /^release\.name .*at most 53.*REG660\)$/],
    ['the namespace is none', { namespace: 'a.b' }, /^release\.namespace 'a\.b' .*REG660\)$/],
    ['the chart version is a range', { chartVersion: '^12' }, /chartVersion '\^12' .*REG640\)$/],
    ['the chart version has a v', { chartVersion: 'v12.5.0' }, /no range and no 'v' \(REG640\)$/],
    ['the app version is short', { appVersion: '1.25' }, /appVersion '1\.25' .*REG660\)$/],
    ['the chart is a web page', { chart: 'https://dl.gitea.com/charts' }, /chart '.*REG660\)$/],
    [
      'a values file could be read as shell',
      { valuesFiles: ['ok.yaml', 'a;rm.yaml'] },
      /^release\.valuesFiles\[1\] 'a;rm\.yaml' .*REG660\)$/,
    ],
    [
      'a live key is none',
      { liveConfig: { ROOT_URL: 'x' } },
      /^release\.liveConfig key 'ROOT_URL' must be 'section\.KEY'.*REG620\)$/,
    ],
    [
      'a live value has two lines',
      { liveConfig: { 'server.DOMAIN': 'a\nb' } },
      /^release\.liveConfig\.server\.DOMAIN .*REG620\)$/,
    ],
  ])('%s', (_why, props, message) => {
    expect(() => gitea(props)).toThrow(message);
    expect(() => ForgeRelease.forgejo({ ...RELEASE, ...props })).toThrow(message);
  });

  it.each<[Partial<HttpServiceFacts>, RegExp]>([
    [{ name: '9gitea' }, /httpService\.name '9gitea' .*REG220\)$/],
    [{ port: 0 }, /httpService\.port 0 must be a whole number from 1 to 65535 \(REG220\)$/],
    [{ port: 65536 }, /httpService\.port 65536 .*REG220\)$/],
    [{ appPort: 3000.5 }, /httpService\.appPort 3000\.5 .*REG220\)$/],
    [{ nodePort: -1 }, /httpService\.nodePort -1 .*REG220\)$/],
  ])('the Service is %j', (facts, message) => {
    expect(() => service(facts)).toThrow(message);
  });

  it('something required is missing, as JavaScript allows, naming each', () => {
    const message = messageOf(() => ForgeRelease.gitea({ httpService: {} } as never));
    expect(message.split('\n').map((line) => line.split(' is missing')[0])).toEqual([
      'release.name',
      'release.namespace',
      'release.chartVersion',
      'release.appVersion',
      'release.httpService.name',
      'release.httpService.port',
    ]);
  });

  it('a prop is misspelt, as JavaScript allows', () => {
    expect(() => gitea({ chartversion: '1.0.0' } as never)).toThrow(
      /^release\.chartversion is not a known field.*REG660\)$/,
    );
  });
});
