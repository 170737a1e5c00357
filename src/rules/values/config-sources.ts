import type { Cursor } from '../cursor';
import type { ChartValues } from '../read/chart-values';
import { envOfValues } from '../read/ini-setting';

/** A Secret or ConfigMap the pods of a release read once, at their start. */
export interface ConfigSource {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  /** Where its name stands. */
  readonly at: Cursor;
  /** Whether a changed one takes effect at the next start. */
  readonly counts: boolean;
}

/** What values of both charts make the pods read. */
export function configSources(values: ChartValues): ConfigSource[] {
  const gitea = values.root.get('gitea');
  const accounts = [...gitea.get('ldap').items(), ...gitea.get('oauth').items()];
  return [
    ...gitea.get('additionalConfigSources').items().flatMap(sourceOfVolume),
    ...envOfValues(values).flatMap((entry) => sourceOfVariable(entry.get('valueFrom'))),
    ...secretNamed(gitea.get('admin', 'existingSecret'), !isInitial(gitea)),
    ...accounts.flatMap((account) => secretNamed(account.get('existingSecret'))),
    ...certificates(values),
  ];
}

/** The account is made once; a password of later days is not set by any start. */
function isInitial(gitea: Cursor): boolean {
  return gitea.get('admin', 'passwordMode').text?.startsWith('initialOnly') ?? false;
}

function sourceOfVolume(volume: Cursor): ConfigSource[] {
  return [
    ...secretNamed(volume.get('secret', 'secretName')),
    ...mapNamed(volume.get('configMap', 'name')),
  ];
}

function sourceOfVariable(valueFrom: Cursor): ConfigSource[] {
  return [
    ...secretNamed(valueFrom.get('secretKeyRef', 'name')),
    ...mapNamed(valueFrom.get('configMapKeyRef', 'name')),
  ];
}

function secretNamed(at: Cursor, counts = true): ConfigSource[] {
  return at.text ? [{ kind: 'Secret', name: at.text, at, counts }] : [];
}

function mapNamed(at: Cursor): ConfigSource[] {
  return at.text ? [{ kind: 'ConfigMap', name: at.text, at, counts: true }] : [];
}

/** Secrets with the certificate Gitea itself serves: it loads `CERT_FILE` at its start. */
function certificates({ root }: ChartValues): ConfigSource[] {
  const server = root.get('gitea', 'config', 'server');
  const files = [server.get('CERT_FILE'), server.get('KEY_FILE')].flatMap(({ text }) => text ?? []);
  const mounted = new Set(
    ['extraContainerVolumeMounts', 'extraVolumeMounts']
      .flatMap((list) => root.get(list).items())
      .filter((mount) => {
        const path = mount.get('mountPath').text;
        return path !== undefined && files.some((file) => file.startsWith(`${path}/`));
      })
      .flatMap((mount) => mount.get('name').text ?? []),
  );
  return root
    .get('extraVolumes')
    .items()
    .filter((volume) => mounted.has(volume.get('name').text ?? ''))
    .flatMap(sourceOfVolume);
}
