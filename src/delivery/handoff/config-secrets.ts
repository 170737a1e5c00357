import type {
  ConfigSourceDeclaration,
  RegistryDeclaration,
  SecretContent,
} from '../../declaration/model';
import { configSources } from '../../declaration/config-source';
import { objectStorageSecret } from '../../declaration/object-storage-settings';
import { redisSecretContents } from '../../declaration/replicas';
import type { Section } from './markdown';
import { code, shell, table } from './markdown';

/** What the Secrets of the settings must hold; none gives no section. Keys only: the declaration knows no value. */
export function configSecretsSection(declaration: RegistryDeclaration): Section[] {
  const { objectStorage, release } = declaration;
  const contents = [
    ...(objectStorage ? [objectStorageSecret(objectStorage)] : []),
    ...redisSecretContents(declaration),
  ];
  return contents.length === 0
    ? []
    : [
        {
          title: 'Secrets with settings',
          lines: [
            'The overlay lists them in `gitea.additionalConfigSources`. A data key is a section of app.ini, its text lines of',
            '`KEY=value`. The release does not start before they exist.',
            '',
            ...table(
              ['Secret', 'Data key', 'Lines'],
              contents.map(({ secret, section, keys }) => [
                code(`${release.namespace}/${secret}`),
                code(section),
                keys.map((key) => code(`${key}=…`)).join(', '),
              ]),
            ),
            '',
            'Write the lines of each data key to a file of its name, outside any repository, and remove it afterwards:',
            '',
            ...shell(...createCommands(contents, release.namespace)),
            '',
            ...restartLines(configSources(declaration)),
          ],
        },
      ];
}

function createCommands(contents: readonly SecretContent[], namespace: string): string[] {
  const names = [...new Set(contents.map(({ secret }) => secret))];
  return names.map((name) => {
    const files = contents
      .filter(({ secret }) => secret === name)
      .map(({ section }) => ` --from-file=${section}`);
    return `kubectl create secret generic ${name} -n ${namespace}${files.join('')}`;
  });
}

function restartLines(sources: readonly ConfigSourceDeclaration[]): string[] {
  return [
    'Pods read them once, at their start. What makes a changed one count:',
    '',
    ...sources.map((source) => `- ${source.kind} ${code(source.name)}: ${restart(source)}`),
  ];
}

function restart({ hash, reloader }: ConfigSourceDeclaration): string {
  const ways = [
    ...(hash === undefined ? [] : ['a new hash in the declaration, and an upgrade']),
    ...(reloader ? ['Reloader, by itself'] : []),
  ];
  return ways.join('; ') || '`kubectl rollout restart` by hand';
}
