import { escapeControls } from '../../declaration/problem';
import type { ClusterReason } from '../error';
import { ClusterError } from '../error';
import { maskParts } from '../mask/text';

/** What kubectl was asked to do. */
export interface Question {
  /** In words, such as `list pods`. */
  readonly words: string;
  readonly verb: 'list' | 'create' | 'get' | 'delete';
  /** Resource of the right it takes: `pods`, `pods/exec`, `certificates.cert-manager.io`. */
  readonly resource: string;
  /** Absent for all namespaces. */
  readonly namespace?: string;
}

/** Rows of {@link readRefusal}: the first text that matches tells the reason. */
const REASONS: readonly (readonly [RegExp, ClusterReason])[] = [
  // `kubectl exec`: the container runtime's words, and those of the program in the container.
  [/executable file not found|exec: "[^"]*": stat |exec format error|exit code 12[67]/, 'no-shell'],
  [/\(Forbidden\)|is forbidden|: Forbidden\b/, 'forbidden'],
  [/server localhost:8080 was refused/, 'no-config'],
  [
    /^error: (?:stat|open) |error loading config file|invalid configuration|Error in configuration/m,
    'no-config',
  ],
  [/context "[^"]*" does not exist|context was not found|no context exists/, 'no-config'],
  [
    /You must be logged in|\(Unauthorized\)|provide credentials|getting credentials|^error: EOF$/m,
    'credential',
  ],
  [/doesn't have a resource type|no matches for kind/, 'no-kind'],
  [/deadline exceeded|i\/o timeout|Client\.Timeout|handshake timeout|timed out/i, 'timeout'],
  [
    /Unable to connect to the server|connection to the server|no such host|\(ServiceUnavailable\)|invalid character/,
    'unreachable',
  ],
  [/could not find the requested resource/, 'no-kind'],
  [
    /\(NotFound\)|No such file or directory|can't open|container not found|is not valid for pod|completed pod|unable to find|has no running pods|not running/i,
    'not-found',
  ],
];

/** What to do next, by reason. */
const NEXT: { readonly [reason in ClusterReason]?: string } = {
  'no-config': 'name a kubeconfig, or a context in it',
  unreachable: 'look at the address and the certificate authority in the kubeconfig',
  timeout: 'look at the network and the load of the API server',
  credential: 'log in to the cluster again',
  'no-shell': "the container has no 'cat' and 'df' of its own",
};

/**
 * Reads why kubectl gave up, from what it wrote to stderr (v1.24 to v1.33). Its own log lines are left out; credentials
 * in the text, as credential plugins write them, are hidden.
 */
export function readRefusal(stderr: string, question: Question): ClusterError {
  const said = withoutLog(stderr);
  const reason = reasonOf(said, stderr);
  const [words, right] =
    reason === 'forbidden'
      ? forbidden(said, question)
      : [`kubectl could not ${asked(question)}: ${shown(said)}`];
  const next = NEXT[reason];
  return new ClusterError(next === undefined ? words : `${words}; ${next}`, reason, right);
}

function reasonOf(said: string, stderr: string): ClusterReason {
  const reason = REASONS.find(([text]) => text.test(said))?.[1] ?? 'failed';
  // A web server that is no API server has no kinds at all.
  return reason === 'no-kind' && stderr.includes('server API group list') ? 'unreachable' : reason;
}

/** klog lines, the parts that go on in further lines, and what exec says of itself. */
function withoutLog(stderr: string): string {
  return stderr
    .replace(/^[EWIF]\d{4} .*? err=<\n(?:.*\n)*? >$/gm, '')
    .replace(/^[EWIF]\d{4} .*$/gm, '')
    .replace(/^Defaulted container .*$/gm, '')
    .trim();
}

const SHOWN_CHARACTERS = 300;

/** ECMA-48 control sequences: a word behind one would not begin where it is looked for. */
// eslint-disable-next-line no-control-regex
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|.?)/g;

/** The first line says what happened; what follows explains in general. */
function shown(said: string): string {
  const [line = ''] = maskParts(said.replace(ESCAPES, '')).split('\n');
  const cut = line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)}…` : line;
  return line === '' ? 'it did not say why' : `'${escapeControls(cut)}'`;
}

function asked({ words, namespace }: Question): string {
  return namespace === undefined ? words : `${words} in namespace '${escapeControls(namespace)}'`;
}

/** The API server names the right that is missing; a quota, Pod Security and an admission webhook say why instead. */
function forbidden(said: string, question: Question): [words: string, right: string] {
  const [, verb, resource, group, scope, namespace] =
    /cannot (\w+) resource "([\w./-]+)" in API group "([\w.-]*)" (at the cluster scope|in the namespace "([\w.-]+)")/.exec(
      said,
    ) ?? [];
  const right =
    scope === undefined
      ? rightOf(question.verb, question.resource, question.namespace)
      : rightOf(verb, group === '' ? resource : `${resource}.${group}`, namespace);
  const why = scope === undefined ? `: ${shown(said)}` : '';
  return [`the cluster does not allow the caller to ${right}${why}`, right];
}

function rightOf(verb: string, resource: string, namespace: string | undefined): string {
  return `${verb} ${resource} in ${namespace === undefined ? 'all namespaces' : `namespace ${namespace}`}`;
}
