import { publishedVersion } from '../../observe/publish-package';
import { publishRegistry } from '../../observe/publish-registry';
import type { Outcome } from '../../outcome';
import { passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { notTold } from './registry';

/** Whether the package is linked to a repository: information, for no image needs it to be pulled. */
export async function publishedLink(sight: Sight): Promise<Outcome[]> {
  const kind = await sight.see(publishRegistry);
  if (kind !== 'gitea') {
    return [
      skipped(
        'REG917',
        kind === 'github'
          ? 'GitHub links by the label org.opencontainers.image.source, or in the settings of the package'
          : 'the registry has no links to repositories that could be asked for',
      ),
    ];
  }
  const { repository } = sight.request.publish!;
  const { value, error } = await sight.see(publishedVersion);
  if (error) {
    return [notTold('REG917', error)];
  }
  if (value === undefined) {
    return [skipped('REG917', `'${repository}' has no version that could be linked`)];
  }
  return [
    value.repository
      ? passed('REG917', `'${repository}' is linked to '${value.repository.fullName}'`)
      : passed(
          'REG917',
          `'${repository}' is linked to no repository this account can see`,
          "a label links nothing on Gitea: 'gitea-registry link' shows the image on the page of a repository",
        ),
  ];
}
