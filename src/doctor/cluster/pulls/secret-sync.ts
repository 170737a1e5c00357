import { conditionOf } from '../conditions';
import type { RegistryDeclaration } from '../../../declaration/model';
import type { KubeObject, Listing } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { Cursor } from '../../../rules';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { outcomeOf, ruleFindings } from '../rule-findings';
import { trueFindings } from '../rule-outcomes';
import { noteOf } from '../missing';
import { neededSecrets } from './needed-secrets';
import { pullFailures } from './pull-failures';

const CODE = 'REG545';

/** External Secrets that are told one by one. */
const MOST_TOLD = 5;

/** REG545: what External Secrets makes for the registry is made. */
export async function secretSync(sight: Sight): Promise<readonly Outcome[]> {
  const { cluster, declaration } = sight.request;
  if (cluster === undefined) {
    return [];
  }
  const [external, clusterWide, secrets, needed] = await Promise.all([
    cluster.objects('externalsecrets'),
    cluster.objects('clusterexternalsecrets'),
    cluster.objects('secrets'),
    sight.see(neededSecrets),
  ]);
  const own = external.objects.filter((object) => needed.has(targetOf(object)));
  const names = new Set([
    ...clusterWideNames(declaration),
    ...[...needed].map((one) => one.slice(one.indexOf('/') + 1)),
  ]);
  const spread = clusterWide.objects.filter((object) => names.has(nameOfSpread(object)));
  const faults = [
    ...own.flatMap((object) => faultOf(object, targetOf(object), secrets)),
    ...spread.flatMap(spreadFault),
  ];
  if (faults.length > 0) {
    return faults.slice(0, MOST_TOLD).map(asOutcome);
  }
  const written = await asWritten(sight);
  const unread = [external, clusterWide].find(
    ({ missing }) => missing && missing.reason !== 'no-kind',
  )?.missing;
  if (written.length > 0 || (unread && own.length === 0)) {
    return written.length > 0 ? written : [skipped(CODE, noteOf(unread!))];
  }
  const count = own.length + spread.length;
  return count === 0
    ? []
    : [
        passed(
          CODE,
          `${count === 1 ? 'the External Secret' : `${count} External Secrets`} of the registry synced`,
        ),
      ];
}

/** `namespace/name` of the Secret an ExternalSecret makes. */
function targetOf(object: KubeObject): string {
  const { namespace = 'default', name } = object.metadata;
  return `${namespace}/${new Cursor(object).get('spec', 'target', 'name').text || name}`;
}

/** Name of the Secrets a ClusterExternalSecret makes. */
function nameOfSpread(object: KubeObject): string {
  const spec = new Cursor(object).get('spec');
  return (
    spec.get('externalSecretSpec', 'target', 'name').text ||
    spec.get('externalSecretName').text ||
    object.metadata.name
  );
}

/** Names of declared secrets that reach namespaces by a label: no namespace stands beside them. */
function clusterWideNames(declaration: RegistryDeclaration | undefined): string[] {
  return (declaration?.pullSecrets ?? []).flatMap((secret) =>
    secret.source === 'cluster-external-secret' ? [secret.secretName] : [],
  );
}

/** What is wrong, in words. */
interface Fault {
  readonly object: KubeObject;
  readonly words: string;
}

function faultOf(object: KubeObject, target: string, secrets: Listing): Fault[] {
  const ready = conditionOf(object, 'Ready');
  if (ready?.get('status').text === 'False') {
    return [{ object, words: `is not synced: ${saidIn(ready)}` }];
  }
  const [namespace, name] = target.split('/');
  const isSeen = !secrets.missing || secrets.namespaces?.includes(namespace);
  const isThere = secrets.objects.some(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === name,
  );
  return isSeen && !isThere
    ? [
        {
          object,
          words: ready
            ? `says it is synced, and Secret '${name}' is not there`
            : `has no status, and Secret '${name}' is not there: nothing looks after it`,
        },
      ]
    : [];
}

function spreadFault(object: KubeObject): Fault[] {
  const ready = conditionOf(object, 'Ready');
  const failed = new Cursor(object)
    .get('status', 'failedNamespaces')
    .items()
    .flatMap((entry) => entry.get('namespace').text ?? []);
  if (failed.length > 0) {
    return [
      { object, words: `failed in ${failed.length} of its namespaces, '${failed[0]}' first` },
    ];
  }
  return ready?.get('status').text === 'False'
    ? [{ object, words: `is not synced: ${saidIn(ready)}` }]
    : [];
}

function saidIn(condition: Cursor): string {
  const words = [condition.get('reason').text, condition.get('message').text].filter(Boolean);
  return serverText(words.join(': ')) || 'it does not say why';
}

function asOutcome({ object, words }: Fault): Outcome {
  const { namespace, name } = object.metadata;
  const id = serverText(namespace === undefined ? name : `${namespace}/${name}`);
  return broken(CODE, {
    observed: `${object.kind} ${id} ${serverText(words, 400)}`,
    expected: 'Ready, and the Secret in its namespace',
    fix: {
      kind: 'command',
      text: `kubectl describe ${`${object.kind}`.toLowerCase()}${namespace === undefined ? '' : ` -n ${serverText(namespace)}`} ${serverText(name)}`,
    },
  });
}

/** What the rule says of their form: nobody waits for it now, unless a pod does. */
async function asWritten(sight: Sight): Promise<Outcome[]> {
  const [found, failures] = await Promise.all([sight.see(ruleFindings), sight.see(pullFailures)]);
  const isTold = failures.some(({ code }) => code === CODE);
  return trueFindings(isTold ? [] : (found?.get(CODE) ?? []), { severity: () => 'warning' })
    .slice(0, MOST_TOLD)
    .map(outcomeOf);
}
