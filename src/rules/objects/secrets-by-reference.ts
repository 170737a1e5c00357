import { looksLikeCredentialBesideRevision } from '../../declaration/credential';
import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import { indexed } from '../estate-index';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { namespaceOrDefault, VALUES } from '../manifest';
import { entryHoldsSecret } from '../read/docker-config';
import { isWrittenSetting } from '../read/secret-name';
import { isStandIn } from '../read/secret-text';
import type { Workload } from '../read/workload';
import { containersOf } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { configSecrets, tlsSecrets } from './owned-secrets';
import { dockerConfigOf, pullSecretsOf } from './pull-secrets';
import { shippedPasswords } from './shipped-password';
import { isMadeByHelm, RENDERED, writtenSecret } from './written-secrets';
import {
  BY_REFERENCE,
  written,
  writtenInValues,
  writtenOptions,
  writtenVariables,
} from './written-values';

/** REG544: what is rendered reaches Git, CI logs and `kubectl diff`; a credential must not be part of it. */
export const secretsByReference: Rule = {
  code: 'REG544',
  slug: 'secrets-by-reference',
  title:
    'no credential is rendered: no Secret with data, no inline password or token in values, env or annotations',
  severity: 'error',
  why: 'manifests and values go to Git, to logs of CI and into the Secrets of Helm; base64 hides nothing, and the password the chart ships is public',
  shows: [
    '`git log -p` or a secret scanner finds the token',
    '`helm get values gitea -n git` prints the password',
    "anybody signs in as `gitea_admin` with the chart's own password",
  ],
  fix: '`existingSecret` keys, `gitea.additionalConfigSources`, an ExternalSecret, a SealedSecret or a SOPS file; then change the credential, Git forgets nothing',
  links: [
    'https://gitea.com/gitea/helm-gitea#configuration',
    'https://github.com/go-gitea/gitea/issues/26724',
  ],
  judgeRegistry: (registry) =>
    once([
      ...ownedSecrets(registry).flatMap(({ root }) => writtenSecret(root)),
      ...settingViolations(registry),
      ...registry.values.flatMap(writtenInValues),
      ...registry.values.flatMap(writtenOptions),
      ...shippedPasswords(registry),
      ...registry.forges.flatMap(podVariables),
      ...pullTemplates(registry),
      ...annotated(registry),
    ]),
  judgeEstate: (estate) => once(labelled(estate)),
};

/** One violation for each place, and one for each Secret: it is one leak whichever of its keys tells. */
function once(violations: readonly Violation[]): Violation[] {
  const places = new Map<Manifest, Set<string>>();
  return violations.filter(({ at: { manifest, path } }) => {
    const place = manifest.kind === 'Secret' ? '' : path;
    const known = places.get(manifest) ?? new Set<string>();
    places.set(manifest, known);
    return !known.has(place) && known.add(place);
  });
}

/** Settings of app.ini in values, variables, ConfigMaps and the Secrets of charts. */
function settingViolations({ settings }: RegistryView): Violation[] {
  return settings
    .filter(({ section, key, text }) => text !== undefined && isWrittenSetting(section, key, text))
    .map(({ section, key, at, source }) => ({
      ...written(at, `[${section}] ${key}`),
      fix:
        source === 'env'
          ? BY_REFERENCE
          : '`gitea.additionalConfigSources` with a Secret that is made outside Git',
      ...(source === 'ini' && isMadeByHelm(at.manifest.root) && RENDERED),
    }));
}

function podVariables({ pod }: Workload): Violation[] {
  return containersOf(pod).flatMap((container) => writtenVariables(container.get('env')));
}

/** Secrets that feed the registry: of its forge, its routes, its pulls, and those of its Helm release. */
function ownedSecrets(registry: RegistryView): Manifest[] {
  const { estate } = registry;
  const named = [...configSecrets(registry), ...tlsSecrets(registry)].flatMap((id) => {
    const slash = id.indexOf('/');
    return estate.object('Secret', id.slice(0, slash), id.slice(slash + 1)) ?? [];
  });
  const pulls = pullSecretsOf(registry)
    .map(({ manifest }) => manifest)
    .filter(({ kind }) => kind === 'Secret');
  return [...new Set([...named, ...pulls, ...releaseSecrets(registry)])];
}

const INSTANCE = 'app.kubernetes.io/instance';

/** Secrets with the label of the release, its subcharts' among them. */
function releaseSecrets({ estate, facts, forges }: RegistryView): Manifest[] {
  const byRelease = estate.remember('secrets by release', () =>
    indexed(estate.ofKind('Secret'), (manifest) => {
      const release = manifest.root.get('metadata', 'labels', INSTANCE).text;
      return release === undefined ? [] : `${namespaceOrDefault(manifest)}/${release}`;
    }),
  );
  const releases = [
    ...(facts.namespace && facts.releaseName ? [`${facts.namespace}/${facts.releaseName}`] : []),
    ...forges.map(
      ({ namespace, podMetadata }) => `${namespace}/${podMetadata.get('labels', INSTANCE).text}`,
    ),
  ];
  return releases.flatMap((release) => byRelease.get(release) ?? []);
}

/** Docker configs in templates of the External Secrets Operator that hold the credential itself. */
function pullTemplates(registry: RegistryView): Violation[] {
  return pullSecretsOf(registry).flatMap((source) => {
    const entries = dockerConfigOf(registry.estate, source)?.entries ?? [];
    return source.config?.template && entries.some(([, entry]) => entryHoldsSecret(entry))
      ? [written(source.config.at, 'a credential of the docker config')]
      : [];
  });
}

/** Annotation kubectl keeps the whole object in; what it repeats is found at its place. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function annotated({ routes, forges, values }: RegistryView): Violation[] {
  const manifests = new Set([
    ...routes.map(({ manifest }) => manifest),
    ...forges.map(({ manifest }) => manifest),
    ...values.map(({ manifest }) => manifest).filter(({ kind }) => kind !== VALUES),
  ]);
  const metadata = [
    ...[...manifests].map(({ root }) => root.get('metadata')),
    ...forges.map(({ podMetadata }) => podMetadata),
  ];
  return metadata.flatMap((place) =>
    place
      .get('annotations')
      .entries()
      .filter(([name, { text = '' }]) => name !== LAST_APPLIED && isCredential(text))
      .map(([name, at]) => written(at, `a credential in the annotation ${quote(name)}`)),
  );
}

/** A variable of a shell, `PGPASSWORD=$PASSWORD` in the hook of a backup, holds no value. */
function isCredential(text: string): boolean {
  return !isStandIn(text) && looksLikeCredentialBesideRevision(text.replace(/\$\w+/g, ';'));
}

/** Secrets and pods that say they are part of a registry, whichever. */
function labelled(estate: Estate): Violation[] {
  return [
    ...estate
      .ofKind('Secret')
      .map(({ root }) => root)
      .filter(isPart)
      .flatMap(writtenSecret),
    ...estate.workloads.filter(({ manifest: { root } }) => isPart(root)).flatMap(podVariables),
  ];
}

function isPart(root: Cursor): boolean {
  return root.get('metadata', 'labels', 'app.kubernetes.io/part-of').text === 'gitea-registry';
}
