import { ClusterError } from '../../../src/cluster';
import type { Kubectl } from '../../../src/cluster';
import { readRefusal } from '../../../src/cluster/kubectl/refusal';
import type { Question } from '../../../src/cluster/kubectl/refusal';
import { authorize } from '../../../src/testing/fake-cluster/access';
import { fieldOf } from '../../../src/testing/fake-cluster/kube-object';
import { isOf, servedResources } from '../../../src/testing/fake-cluster/served-resource';
import type { ServedResource } from '../../../src/testing/fake-cluster/served-resource';
import { Refusal } from '../../../src/testing/fake-cluster/status';
import { coulombExec } from '../../cluster/fixtures/coulomb';
import type { FoundCluster } from './table/scenario';

/** What Cluster asks of kubectl. */
export type Source = Pick<Kubectl, 'list' | 'groups' | 'exec' | 'forward'>;

/** Answers as kubectl would before an API server with these objects, without a process. */
export function objectSource({
  objects,
  exec = coulombExec('after'),
  forbidden = [],
}: FoundCluster): Source {
  const served = servedResources(objects);
  return {
    list: async (resource, namespace, keep, fieldSelector) => {
      const type = servedAs(resource, served);
      const question: Question = { words: `list ${resource}`, verb: 'list', resource, namespace };
      allow(forbidden, question, { ...type, namespace });
      return objects.flatMap((object) => {
        const isAsked =
          isOf(object, type) &&
          (namespace === undefined || object.metadata.namespace === namespace) &&
          (fieldSelector ?? '').split(',').every((term) => {
            const [path = '', value] = term.split('=');
            return value === undefined || fieldOf(object, path) === value;
          });
        return (isAsked ? keep(object) : undefined) ?? [];
      });
    },
    groups: async () => new Set(served.map(({ group }) => group)),
    exec: async ({ namespace, name, container }, command) => {
      const words = `run '${command[0]}' in pod '${name}'`;
      const question: Question = { words, verb: 'create', resource: 'pods/exec', namespace };
      const path = { group: '', plural: 'pods', subresource: 'exec', namespace };
      allow(forbidden, question, path);
      const told = exec({ namespace, pod: name, command, ...(container && { container }) });
      if (told === undefined) {
        throw readRefusal(`exec: "${command[0]}": executable file not found in $PATH`, question);
      }
      const { stdout = '', stderr = '', exitCode = 0 } = told;
      if (exitCode !== 0) {
        throw readRefusal(`${stderr}command terminated with exit code ${exitCode}`, question);
      }
      return stdout;
    },
    forward: () => Promise.reject(new ClusterError('nothing leads into this cluster', 'failed')),
  };
}

/** @throws ClusterError as kubectl's refusal is read */
function servedAs(resource: string, served: readonly ServedResource[]): ServedResource {
  const [plural, ...group] = resource.split('.');
  const found = served.find(
    (each) =>
      each.plural === plural && (each.group === group.join('.') || `${group[0]}` === each.group),
  );
  if (!found) {
    throw new ClusterError(`the cluster serves no ${resource}`, 'no-kind');
  }
  return found;
}

/** @throws ClusterError as kubectl's refusal is read */
function allow(
  forbidden: readonly string[],
  question: Question,
  path: { group: string; plural: string; subresource?: string; namespace?: string },
): void {
  try {
    authorize(forbidden, question.verb, path as Parameters<typeof authorize>[2]);
  } catch (error) {
    throw error instanceof Refusal
      ? readRefusal(`Error from server (Forbidden): ${error.message}`, question)
      : error;
  }
}
