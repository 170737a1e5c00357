import { keepVariable } from '../mask/environment';
import { isMap } from '../object';
import { keepArguments } from './arguments';
import type { Keep } from './keep';
import { each, only, presence, strict, whole } from './keep';
import { keepObject } from './metadata';

const probe = only('httpGet tcpSocket initialDelaySeconds periodSeconds failureThreshold', {
  httpGet: only('path port scheme'),
  exec: presence,
});

const REFERENCES = {
  env: each(keepVariable),
  envFrom: each(only('prefix secretRef configMapRef')),
  volumeMounts: each(only('name mountPath subPath')),
};

/** A container, with the words of its command line that are known. */
function container(fields: Keep): Keep {
  return (value) =>
    isMap(value) ? { ...(fields(value) as object), ...keepArguments(value) } : undefined;
}

const runningContainer = container(only('name image imagePullPolicy ports', REFERENCES));

const writtenContainer = container(
  only('name image imagePullPolicy ports resources securityContext', {
    ...REFERENCES,
    readinessProbe: probe,
    livenessProbe: probe,
    startupProbe: probe,
  }),
);

const volume = only('name persistentVolumeClaim hostPath', {
  secret: only('secretName optional'),
  configMap: only('name optional'),
  emptyDir: only('medium sizeLimit'),
});

/** Spec of a pod: no values of variables, no commands, nothing that is mounted. */
function podSpec(kept: Keep): Keep {
  return only(
    'serviceAccountName imagePullSecrets nodeName nodeSelector restartPolicy securityContext automountServiceAccountToken hostAliases',
    { containers: each(kept), initContainers: each(kept), volumes: each(volume) },
  );
}

const state = only('', {
  waiting: only('reason message'),
  running: only('startedAt'),
  terminated: only('reason message exitCode startedAt finishedAt'),
});

const containerStatus = only('name image imageID ready started restartCount', {
  state,
  lastState: state,
});

const conditions = each(only('type status reason message lastTransitionTime'));

/** Conditions of any object's status. */
export const CONDITIONS: Keep = conditions;

/** A pod as it is kept. */
export const keepPod = keepObject(
  only('', {
    // What a template says too is left out here: there are thousands of pods.
    spec: podSpec(runningContainer),
    status: only('phase reason message startTime podIP', {
      conditions,
      containerStatuses: each(containerStatus),
      initContainerStatuses: each(containerStatus),
    }),
  }),
);

/** A template of pods. */
const podTemplate: Keep = only('', {
  metadata: only('labels', { annotations: strict }),
  spec: podSpec(writtenContainer),
});

/** Deployment, StatefulSet or DaemonSet. */
export const keepController = keepObject(
  only('', {
    spec: only('replicas strategy updateStrategy serviceName volumeClaimTemplates', {
      selector: whole,
      template: podTemplate,
    }),
    status: only('replicas readyReplicas availableReplicas updatedReplicas numberReady', {
      conditions,
    }),
  }),
);

const jobSpec = only('suspend completions backoffLimit activeDeadlineSeconds', {
  template: podTemplate,
});

export const keepJob = keepObject(
  only('', {
    spec: jobSpec,
    status: only('active succeeded failed startTime completionTime', { conditions }),
  }),
);

export const keepCronJob = keepObject(
  only('', {
    spec: only('schedule timeZone suspend concurrencyPolicy startingDeadlineSeconds', {
      jobTemplate: only('', { spec: jobSpec }),
    }),
    status: only('lastScheduleTime lastSuccessfulTime'),
  }),
);
