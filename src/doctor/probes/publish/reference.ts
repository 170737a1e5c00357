import { serverText } from '../../../client/server-text';
import { publishedAt } from '../../observe/publish-created';
import { publishedManifest } from '../../observe/publish-package';
import { publishRegistry } from '../../observe/publish-registry';
import type { Outcome } from '../../outcome';
import { passed } from '../../outcome';
import type { Sight } from '../../sight';
import { notTold } from './registry';

/** Where the tag points, or whether the digest is there: information, for a push may be about to make it. */
export async function publishedReference(sight: Sight): Promise<Outcome[]> {
  const { reference } = sight.request.publish!;
  if (reference === undefined) {
    return [];
  }
  const isDigest = reference.includes(':');
  const [{ value, error }, created, kind] = await Promise.all([
    sight.see(publishedManifest),
    sight.see(publishedAt),
    sight.see(publishRegistry),
  ]);
  if (error && error.facts.status !== 404) {
    return [notTold('REG724', error)];
  }
  if (value === undefined) {
    return [
      isDigest
        ? passed(
            'REG724',
            `there is no manifest ${reference}`,
            'a manifest that was pushed by tag goes when the tag moves: pin digests on top of a tag that never moves',
          )
        : passed('REG724', `there is no tag '${reference}' yet`),
    ];
  }
  const { digest, mediaType, size } = value;
  return [
    passed(
      'REG724',
      [
        isDigest ? `the manifest ${digest} is there` : `tag '${reference}' is ${digest}`,
        serverText(mediaType, 80),
        `${size} bytes`,
        ...(created === undefined
          ? []
          : [`${kind === 'gitea' ? 'pushed' : 'built'} ${serverText(created, 40)}`]),
      ].join(', '),
    ),
  ];
}
