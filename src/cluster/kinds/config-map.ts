import { LABELS } from '../../declaration/labels';
import type { KubeObject } from '../object';
import { isMap } from '../object';
import { entries, strict } from './keep';
import { keepIdentity } from './metadata';

/** A ConfigMap: with its data when it is one of ours (the declaration), else its keys only. */
export function keepConfigMap(object: KubeObject): KubeObject {
  const { data } = object;
  const keep = isOurs(object) ? strict : entries(() => '');
  return {
    ...keepIdentity(object, 'tools'),
    ...(isMap(data) && { data: keep(data) }),
  };
}

function isOurs({ metadata: { labels } }: KubeObject): boolean {
  return Object.entries(LABELS).every(([label, value]) => labels?.[label] === value);
}
