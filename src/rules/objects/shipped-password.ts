import type { Cursor } from '../cursor';
import type { ChartValues } from '../read/chart-values';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import { sourcesOf } from './written-values';

/** A release whose values all stand here, and in which nothing changes the password the chart ships. */
export function shippedPasswords({ values }: RegistryView): Violation[] {
  if (values.some(({ root }) => isChanged(root.get('gitea', 'admin')))) {
    return [];
  }
  const complete = values.filter((one) => one.chart === 'gitea' && isComplete(one));
  return complete
    .filter(
      ({ manifest }, index) => index === complete.findIndex((one) => one.manifest === manifest),
    )
    .map(({ root }) => ({
      at: root.get('gitea', 'admin').nearest,
      observed:
        "neither an existing Secret nor a password for the administrator: the chart's public one is set",
      expected: '`gitea.admin.existingSecret`',
      fix: '`gitea.admin.existingSecret` with keys username and password; then change the password of the live account',
    }));
}

/** Without a user name the chart makes no administrator. */
function isChanged(admin: Cursor): boolean {
  return (
    Boolean(admin.get('existingSecret').text) ||
    admin.get('password').exists ||
    admin.get('username').text === ''
  );
}

/** Whether an object holds all values of its release: no further files, Secrets or options. */
function isComplete({ manifest: { kind, root } }: ChartValues): boolean {
  const spec = root.get('spec');
  switch (kind) {
    case 'HelmRelease':
      return areAbsent([spec.get('valuesFrom'), spec.get('chart', 'spec', 'valuesFiles')]);
    case 'HelmChart':
      return areAbsent([spec.get('valuesSecrets'), spec.get('set')]);
    case 'Application':
      return areAbsent(sourcesOf(spec).flatMap(furtherValues));
    default:
      return false;
  }
}

function areAbsent(places: readonly Cursor[]): boolean {
  return places.every(({ exists }) => !exists);
}

/** What gives values to an Argo CD source beside those that stand in it. */
function furtherValues(source: Cursor): Cursor[] {
  const helm = source.get('helm');
  return [
    source.get('ref'),
    ...['valueFiles', 'parameters', 'fileParameters'].map((key) => helm.get(key)),
  ];
}
