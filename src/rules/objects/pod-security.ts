import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Workload } from '../read/workload';
import { containersOf } from '../read/workload';
import type { Violation } from '../rule';

/** What Pod Security `restricted` refuses in a pod for Linux; SELinux, AppArmor and sysctls are not looked at. */
export function restrictedViolations({ pod }: Workload): Violation[] {
  const containers = containersOf(pod);
  return [
    ...hostFields(pod),
    ...pod.get('volumes').items().flatMap(volumeViolations),
    ...podContext(pod),
    ...containers.flatMap((container) => containerViolations(container, pod)),
  ];
}

function hostFields(pod: Cursor): Violation[] {
  return ['hostNetwork', 'hostPID', 'hostIPC']
    .map((name) => pod.get(name))
    .filter(({ value }) => value === true)
    .map((at) => ({ at, observed: `${at.step}: true`, expected: 'no namespace of the host' }));
}

const VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

function volumeViolations(volume: Cursor): Violation[] {
  return volume
    .entries()
    .filter(([source, at]) => source !== 'name' && at.exists && !VOLUMES.includes(source))
    .map(([source, at]) => ({
      at,
      observed: `a volume of type '${source.slice(0, 40)}'`,
      expected: `one of ${VOLUMES.join(', ')}`,
    }));
}

/** What the pod may not say for all its containers. */
function podContext(pod: Cursor): Violation[] {
  return contextViolations(pod.get('securityContext'));
}

/** Fields that both security contexts have and that may only say certain things. */
function contextViolations(context: Cursor): Violation[] {
  const user = context.get('runAsUser');
  const nonRoot = context.get('runAsNonRoot');
  const profile = context.get('seccompProfile', 'type');
  return [
    ...(user.value === 0
      ? [{ at: user, observed: 'runAsUser: 0', expected: 'a user other than root' }]
      : []),
    ...(nonRoot.value === false
      ? [{ at: nonRoot, observed: 'runAsNonRoot: false', expected: 'true' }]
      : []),
    ...(profile.exists && !isAllowedProfile(profile)
      ? [
          {
            at: profile,
            observed: `seccomp profile ${quote(profile.value)}`,
            expected: RUNTIME_DEFAULT,
          },
        ]
      : []),
  ];
}

const RUNTIME_DEFAULT = '`RuntimeDefault` or `Localhost`';

function isAllowedProfile({ text }: Cursor): boolean {
  return text === 'RuntimeDefault' || text === 'Localhost';
}

function containerViolations(container: Cursor, pod: Cursor): Violation[] {
  const context = container.get('securityContext');
  return [
    ...contextViolations(context),
    ...missingInBoth(container, pod),
    ...escalation(container, context),
    ...capabilities(container, context),
    ...privileges(context),
    ...hostPorts(container),
  ];
}

/** Where something should be said: the security context, else the container that has none. */
function placeIn(container: Cursor): Cursor {
  const context = container.get('securityContext');
  return context.exists ? context : container;
}

function missingInBoth(container: Cursor, pod: Cursor): Violation[] {
  const contexts = [container.get('securityContext'), pod.get('securityContext')];
  const says = (...path: string[]): boolean =>
    contexts.some((context) => context.get(...path).exists);
  return [
    ...(says('runAsNonRoot')
      ? []
      : [
          {
            at: placeIn(container),
            observed: 'no runAsNonRoot',
            expected: '`runAsNonRoot: true`, here or for the pod',
          },
        ]),
    ...(says('seccompProfile', 'type')
      ? []
      : [
          {
            at: placeIn(container),
            observed: 'no seccompProfile',
            expected: `${RUNTIME_DEFAULT}, here or for the pod`,
          },
        ]),
  ];
}

function escalation(container: Cursor, context: Cursor): Violation[] {
  const at = context.get('allowPrivilegeEscalation');
  return at.value === false
    ? []
    : [
        {
          at: at.exists ? at : placeIn(container),
          observed: at.exists
            ? `allowPrivilegeEscalation: ${quote(at.value)}`
            : 'no allowPrivilegeEscalation',
          expected: '`allowPrivilegeEscalation: false`',
        },
      ];
}

function capabilities(container: Cursor, context: Cursor): Violation[] {
  const dropped = context.get('capabilities', 'drop');
  const dropsAll = dropped.items().some(({ text }) => text === 'ALL');
  const added = context
    .get('capabilities', 'add')
    .items()
    .filter(({ text }) => text !== 'NET_BIND_SERVICE');
  return [
    ...(dropsAll
      ? []
      : [
          {
            at: dropped.exists ? dropped : placeIn(container),
            observed: 'capabilities are kept',
            expected: '`capabilities: {drop: [ALL]}`',
          },
        ]),
    ...added.map((at) => ({
      at,
      observed: `capability ${quote(at.value)}`,
      expected: 'none but NET_BIND_SERVICE',
    })),
  ];
}

function privileges(context: Cursor): Violation[] {
  const privileged = context.get('privileged');
  const mount = context.get('procMount');
  return [
    ...(privileged.value === true
      ? [{ at: privileged, observed: 'privileged: true', expected: 'no privileged container' }]
      : []),
    ...(mount.exists && mount.text !== 'Default'
      ? [{ at: mount, observed: `procMount ${quote(mount.value)}`, expected: 'no procMount' }]
      : []),
  ];
}

function hostPorts(container: Cursor): Violation[] {
  return container
    .get('ports')
    .items()
    .map((port) => port.get('hostPort'))
    .filter(({ value }) => value !== undefined && value !== null && value !== 0)
    .map((at) => ({
      at,
      observed: `hostPort ${quote(at.value)}`,
      expected: 'no port of the host',
    }));
}
