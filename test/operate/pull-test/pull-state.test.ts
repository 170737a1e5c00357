import type { KubeObject } from '../../../src/cluster';
import { pullState } from '../../../src/operate/pull-test/pull-state';
import { containerIn, event, podWith } from './kubelet';

const waiting = (reason: string, message?: string): KubeObject =>
  containerIn({ waiting: { reason, ...(message !== undefined && { message }) } });

const REFUSED = 'Failed to pull image "h/o/i:1": failed to authorize: 401 Unauthorized';
const creating = waiting('ContainerCreating');

describe('an image is pulled', () => {
  it.each<[string, KubeObject, readonly KubeObject[]]>([
    ['when kubelet says so', creating, [event('Pulled', 'Successfully pulled image "h/o/i:1"')]],
    ['when its program is not there', waiting('RunContainerError', 'no such file'), []],
    ['when it would run as root', waiting('CreateContainerConfigError', 'will run as root'), []],
    ['when its container ended', containerIn({ terminated: {} }, { imageID: 'h/o/i@x' }), []],
    ['when its container runs', containerIn({ running: {} }), []],
    [
      'although a first try failed',
      waiting('RunContainerError'),
      [event('Failed', REFUSED), event('Pulled', 'Successfully pulled image "h/o/i:1"')],
    ],
    [
      'although the start failed, which has the reason of a failed pull',
      creating,
      [event('Pulled'), event('Failed', 'Error: failed to create containerd task')],
    ],
  ])('%s', (_, pod, events) => {
    expect(pullState(pod, events).kind).toBe('pulled');
  });
});

describe('a pull failed', () => {
  it.each<[string, KubeObject, readonly KubeObject[], boolean]>([
    ['by the event', creating, [event('Failed', REFUSED)], true],
    ['by the status with its text', waiting('ErrImagePull', 'x509: unknown authority'), [], true],
    ['by the status alone', waiting('ErrImagePull'), [], false],
    [
      'by the wait for the next try',
      waiting('ImagePullBackOff', 'Back-off pulling image "h/o/i:1"'),
      [event('BackOff', 'Back-off pulling image "h/o/i:1"')],
      false,
    ],
    [
      'by the wait with its text (Kubernetes 1.32)',
      waiting('ImagePullBackOff', 'Back-off pulling image "h/o/i:1": ErrImagePull: not found'),
      [],
      true,
    ],
  ])('%s', (_, pod, events, isTold) => {
    expect(pullState(pod, events)).toMatchObject({ kind: 'failed', isTold });
  });

  it('gives the text of the event before the others', () => {
    const pod = waiting('ImagePullBackOff', 'Back-off pulling image "h/o/i:1"');
    expect(pullState(pod, [event('Failed', REFUSED)])).toMatchObject({
      texts: [REFUSED, 'Back-off pulling image "h/o/i:1"', 'ImagePullBackOff'],
      isSecretMissing: false,
    });
  });

  it('tells when kubelet found no Secret', () => {
    const events = [event('FailedToRetrieveImagePullSecret', '(x)', ''), event('Failed', REFUSED)];
    expect(pullState(creating, events)).toMatchObject({ isSecretMissing: true });
  });
});

describe('nothing is decided', () => {
  it.each<[string, KubeObject | undefined, readonly KubeObject[], string, string]>([
    ['before anything happens', podWith({}), [], 'waiting', 'no node has taken it up'],
    ['while it pulls', creating, [event('Pulling')], 'waiting', 'still pulls'],
    [
      'while no node takes the Pod',
      podWith({
        conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are free' }],
      }),
      [],
      'waiting',
      'no node takes the Pod: 0/3 nodes are free',
    ],
    [
      'while the network of the Pod fails',
      creating,
      [event('FailedCreatePodSandBox', 'cni is down', '')],
      'waiting',
      'FailedCreatePodSandBox: cni is down',
    ],
    [
      'by a sidecar that was pulled',
      creating,
      [event('Pulled', 'Successfully pulled image "proxy"', 'spec.containers{proxy}')],
      'waiting',
      'ContainerCreating',
    ],
    [
      'by an eviction, which gives the container an end',
      podWith({
        phase: 'Failed',
        reason: 'Evicted',
        message: 'low on disk',
        containerStatuses: [{ name: 'pull', imageID: '', state: { terminated: {} } }],
      }),
      [],
      'ended',
      'Evicted: low on disk',
    ],
    ['when the Pod is gone', undefined, [], 'ended', 'somebody else deleted it'],
  ])('%s', (_, pod, events, kind, said) => {
    expect(pullState(pod, events)).toEqual({ kind, said: expect.stringContaining(said) });
  });
});
