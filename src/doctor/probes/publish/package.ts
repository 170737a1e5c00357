import { publishedTags } from '../../observe/publish-package';
import type { Outcome } from '../../outcome';
import { passed } from '../../outcome';
import type { Sight } from '../../sight';
import { notTold } from './registry';

/** Whether the package is there: information, for the first push makes it. */
export async function publishedPackage(sight: Sight): Promise<Outcome[]> {
  const { repository } = sight.request.publish!;
  const { value, error } = await sight.see(publishedTags);
  if (error) {
    return [
      error.facts.status === 404 && error.code !== 'REG320'
        ? passed('REG913', `there is no '${repository}' yet`, 'the first push makes it')
        : notTold('REG913', error),
    ];
  }
  if (value.count === 0) {
    return [
      passed(
        'REG913',
        `'${repository}' exists and has no tag`,
        'its last version was deleted: the nightly cleanup takes the package and its link too, unless something is pushed before',
      ),
    ];
  }
  const tags = `${value.count}${value.hasMore ? ' or more' : ''} ${value.count === 1 ? 'tag' : 'tags'}`;
  return [passed('REG913', `'${repository}' exists, with ${tags}`)];
}
