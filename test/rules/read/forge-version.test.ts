import { Estate } from '../../../src/rules/estate';
import {
  distinctVersions,
  runningVersion,
  seenVersions,
} from '../../../src/rules/read/forge-version';
import { registriesOf } from '../../../src/rules/registries';
import type { RegistryView } from '../../../src/rules/registry-view';
import { manifestsOf } from '../fixture';

function registry(yaml: string): RegistryView {
  return registriesOf(new Estate(manifestsOf(yaml, 'test.yaml')))[0];
}

function ofValues(image: string): string[] {
  const one = registry(`
image: ${image}
gitea: { config: { server: { ROOT_URL: "https://git.example.org/" } } }`);
  return seenVersions(one).map(
    ({ version, moving, text }) =>
      `${version.flavor} ${version.number}${moving ? ' and on' : ''} as ${text}`,
  );
}

describe('the version of an image in values', () => {
  test.each([
    ['{ tag: 1.25.4 }', ['gitea 1.25.4 as 1.25.4']],
    ['{ tag: v1.25.4-rootless }', ['gitea 1.25.4 as v1.25.4-rootless']],
    ['{ tag: 1.25 }', ['gitea 1.25.0 and on as 1.25']],
    ['{ tag: v1.25-rootless }', ['gitea 1.25.0 and on as v1.25-rootless']],
    ['{ repository: forgejo/forgejo, tag: 11.0.1 }', ['forgejo 11.0.1 as 11.0.1']],
    [
      '{ fullOverride: "docker.gitea.com/gitea:1.26.1@sha256:0", tag: 1.25.4 }',
      ['gitea 1.26.1 as 1.26.1'],
    ],
    ['{ fullOverride: "docker.gitea.com/gitea" }', []],
    ['{ fullOverride: "", tag: 1.25.4 }', ['gitea 1.25.4 as 1.25.4']],
    ['{ tag: "" }', []],
    ['{ tag: latest }', []],
    ['{ tag: "1" }', []],
    ['{ tag: x1.25 }', []],
    ['{ tag: 1.25-nightly }', []],
    ['{ tag: "01.02.03" }', []],
    ['{ tag: "01.02" }', []],
    ['{ tag: { a: 1 } }', []],
    ['{}', []],
  ])('%s: %j', (image, versions) => {
    expect(ofValues(image)).toEqual(versions);
  });
});

describe('the versions a registry tells of', () => {
  const yaml = `
kind: RegistryDeclaration
release: { appVersion: 1.25.4 }
---
image: { tag: 1.25.4-rootless }
gitea: { config: { server: { ROOT_URL: "https://git.example.org/" } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gitea, namespace: git }
spec:
  template:
    spec:
      initContainers: [{ name: a, image: "gitea/gitea:1.25" }]
      containers:
        - { name: b, image: "busybox:1.36.0" }
        - { name: c, image: "gitea/gitea:1.25.5" }
        - { name: d, image: "gitea/gitea:1.25.5-rc1" }
        - { name: e, image: "forgejo/forgejo:1.25.5" }
`;

  test('are the declared, then those of values, then those of images', () => {
    expect(seenVersions(registry(yaml)).map(({ text }) => text)).toEqual([
      '1.25.4',
      '1.25.4-rootless',
      '1.25',
      '1.25.5',
      '1.25.5-rc1',
      '1.25.5',
    ]);
  });

  test('are told once each, at the first place', () => {
    expect(distinctVersions(registry(yaml)).map(({ text, at }) => `${text} ${at.path}`)).toEqual([
      '1.25.4 release.appVersion',
      '1.25 spec.template.spec.initContainers[0].image',
      '1.25.5 spec.template.spec.containers[1].image',
      '1.25.5-rc1 spec.template.spec.containers[2].image',
      '1.25.5 spec.template.spec.containers[3].image',
    ]);
  });

  test('end with the one that runs', () => {
    expect(runningVersion(registry(yaml))).toMatchObject({ flavor: 'forgejo', number: '1.25.5' });
    expect(runningVersion(registry('gitea: { config: {} }'))).toBeUndefined();
  });
});
