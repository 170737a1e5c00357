import type { FakeExec, KubeObject } from '../../../../src/testing';
import { helmRelease } from '../../../../src/testing';
import { coulombAfter, coulombExec } from '../../../cluster/fixtures/coulomb';
import { coulombValues } from '../../../cluster/fixtures/coulomb/values';
import type { FoundCluster } from './scenario';

/** A part of an object, to be changed where it stands. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a stranger's object has any shape
export type Editable = any;

/** Changes the objects of this kind and name (`default/gitea`, or the bare name of a cluster-wide one). */
export function edited(
  kind: string,
  name: string,
  change: (object: Editable) => void,
): (objects: readonly KubeObject[]) => KubeObject[] {
  return (objects) => {
    let isFound = false;
    const changed = objects.map((object) => {
      if (object.kind !== kind || nameOf(object) !== name) {
        return object;
      }
      isFound = true;
      const copy = structuredClone(object);
      change(copy);
      return copy;
    });
    if (!isFound) {
      throw new Error(`no ${kind} '${name}' in the fixture`);
    }
    return changed;
  };
}

/** Takes objects away. */
export function without(
  kind: string,
  name: string,
): (objects: readonly KubeObject[]) => KubeObject[] {
  return (objects) => objects.filter((object) => object.kind !== kind || nameOf(object) !== name);
}

/** Adds objects. */
export function added(
  ...more: readonly object[]
): (objects: readonly KubeObject[]) => KubeObject[] {
  return (objects) => [...objects, ...(more as readonly KubeObject[])];
}

/** The newest revision of the first user's release, otherwise. */
export function upgraded(
  change: (values: Editable) => void,
  chart: { readonly version?: string; readonly appVersion?: string } = {},
): (objects: readonly KubeObject[]) => KubeObject[] {
  const config = structuredClone(coulombValues('after'));
  change(config);
  const release = helmRelease({
    name: 'gitea',
    namespace: 'default',
    revision: 3,
    status: 'deployed',
    chart: { name: 'gitea', version: '12.5.0', appVersion: '1.25.4', ...chart },
    config,
    deployed: '2025-11-03T14:01:00Z',
  });
  return (objects) =>
    objects.map((object) => (nameOf(object) === nameOf(release) ? release : object));
}

/** The first user's cluster after the change, with something changed. */
export function coulombBut(
  ...changes: readonly ((objects: readonly KubeObject[]) => KubeObject[])[]
): () => FoundCluster {
  return () => ({
    objects: changes.reduce((objects, change) => change(objects), coulombAfter()),
  });
}

/** The same cluster, where one file or the disk of Gitea's pod is another. */
export function coulombWhere(answer: {
  readonly appIni?: (text: string) => string;
  readonly df?: string;
  readonly inodes?: string;
}): () => FoundCluster {
  const usual = coulombExec('after');
  const exec: FakeExec = (call) => {
    const told = usual(call);
    const [program, ...args] = call.command;
    if (told === undefined) {
      return told;
    }
    if (program === 'cat' && answer.appIni) {
      return { ...told, stdout: answer.appIni(told.stdout ?? '') };
    }
    const isInodes = args.some((each) => /^-\w*i/.test(each));
    const disk = isInodes ? answer.inodes : answer.df;
    return program === 'df' && disk !== undefined ? { stdout: disk } : told;
  };
  return () => ({ objects: coulombAfter(), exec });
}

function nameOf({ metadata }: KubeObject): string {
  return metadata.namespace === undefined
    ? metadata.name
    : `${metadata.namespace}/${metadata.name}`;
}
