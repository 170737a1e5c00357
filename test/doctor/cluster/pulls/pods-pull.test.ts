import { PULL_PROBES } from '../../../../src/doctor/cluster/pulls';
import type { KubeObject } from '../../../../src/testing';
import { COULOMB_SECRETS } from '../../../cluster/fixtures/coulomb';
import { diagnoseCluster } from '../found';
import { added, coulombBut, edited, without } from '../table/edit';
import {
  ANONYMOUS,
  IMAGE,
  isPrivate,
  POD,
  pullFailed,
  SECRET,
  waitingPod,
  waits,
  warning,
} from './waiting-pods';
import type { Change } from './waiting-pods';

/** What the probes of P12 say beside what holds: `fail REG540 …`. */
async function told(
  changes: readonly Change[],
  forbidden: readonly string[] = [],
): Promise<string[]> {
  const { results } = await diagnoseCluster(
    { ...coulombBut(...changes)(), forbidden },
    PULL_PROBES,
  );
  expect(JSON.stringify(results)).not.toMatch(new RegExp(Object.values(COULOMB_SECRETS).join('|')));
  return results
    .filter(({ status }) => status !== 'pass')
    .map(({ status, code, observed, note, fix }) =>
      [status, code, observed, note, fix && `→ ${fix.text}`].filter(Boolean).join(' '),
    );
}

const codes = (lines: readonly string[]): string[] =>
  lines.map((line) => line.split(' ').slice(0, 2).join(' '));

describe('pods with images of the registry', () => {
  it('that have one cause make one finding, with their number and the first names', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `shop-${index}/app-${index}`);
    const found = await told([isPrivate, ...ids.map((id) => waits(id, ANONYMOUS))]);
    expect(found).toEqual([
      "fail REG540 40 pods cannot pull 'gitea.coulomb.social/coulomb/state-hub' ('shop-0/app-0', 'shop-1/app-1', 'shop-2/app-2' and 37 more): Secret 'gitea-pull' is not in the namespace of the pod",
    ]);
  });

  it('that have two causes make two', async () => {
    const found = await told([
      isPrivate,
      waits('shop/app', ANONYMOUS),
      waits('state-hub/other', 'x509: certificate signed by unknown authority'),
    ]);
    expect(codes(found)).toEqual(['fail REG540', 'fail REG123']);
  });

  it('are judged by the newest event', async () => {
    const found = await told([
      isPrivate,
      added(
        waitingPod('shop/app'),
        pullFailed(
          'shop/app',
          'x509: certificate signed by unknown authority',
          '2025-11-20T07:00:00Z',
        ),
        pullFailed('shop/app', ANONYMOUS, '2025-11-20T07:30:00Z'),
      ),
    ]);
    expect(codes(found)).toEqual(['fail REG540']);
  });

  it('are judged by their Secrets when the events are gone, unless everybody may pull', async () => {
    expect(codes(await told([isPrivate, waits('shop/app')]))).toEqual(['fail REG540']);
    const found = await told([waits('shop/app')]);
    expect(found.join()).toMatch(/^fail REG561 .*no event tells why any more/);
  });

  it('are told to be made anew when the ServiceAccount got the Secret after them', async () => {
    const found = await told([
      isPrivate,
      edited('ServiceAccount', 'state-hub/default', (account) => {
        account.imagePullSecrets = [{ name: 'gitea-pull' }];
      }),
      waits('state-hub/other', ANONYMOUS, { imagePullSecrets: [] }),
    ]);
    expect(found.join()).toMatch(/^fail REG541 .*since after the pod was created → delete the pod/);
  });

  it('are told to be made anew when the Secret was mended since', async () => {
    const found = await told([isPrivate, waits('state-hub/other', ANONYMOUS)]);
    expect(found.join()).toMatch(
      /^fail REG561 .*has a credential for the image now → delete the pod/,
    );
  });

  it('have an account that may not read when the registry denies what the Secret holds', async () => {
    const found = await told([isPrivate, waits('state-hub/other', 'pull access denied')]);
    expect(codes(found)).toEqual(['fail REG323']);
  });

  it('name the Secret that is for the host when they name another', async () => {
    const found = await told([
      isPrivate,
      waits('state-hub/other', ANONYMOUS, { imagePullSecrets: [{ name: 'gitea-pul' }] }),
    ]);
    expect(found.join()).toMatch(/^fail REG541 .*names 'gitea-pul', and .* is 'gitea-pull'/);
  });

  it('that wait for an image of another registry, or are going away, are no finding', async () => {
    const sidecar = waitingPod('shop/app', {}, 'docker.io/library/redis:7');
    const leaving = waitingPod('shop/other') as { metadata: object } & KubeObject;
    expect(
      await told([
        added(sidecar, {
          ...leaving,
          metadata: { ...leaving.metadata, deletionTimestamp: '2025-11-20T08:00:00Z' },
        }),
      ]),
    ).toEqual([]);
  });

  it('that run are no finding where everybody may pull and the Secret is missing', async () => {
    expect(await told([without('Secret', SECRET)])).toEqual([]);
  });

  it('that run are a warning where their pull secret does not serve them', async () => {
    const found = await told([
      isPrivate,
      edited('Secret', SECRET, (secret) => {
        secret.type = 'Opaque';
      }),
    ]);
    expect(codes(found)).toEqual(['warn REG542']);
    expect(found.join()).toContain('gitea-pull');
  });

  it('wait for a reason nobody knows without the right to list secrets', async () => {
    const found = await told([isPrivate, waits('shop/app', ANONYMOUS)], ['list secrets']);
    expect(codes(found)).toEqual(['fail REG561', 'skip REG540']);
    expect(found.join()).toContain("needs the right 'list secrets");
  });

  it('tell of a missing Secret by their event without that right', async () => {
    const retrieval =
      'Unable to retrieve some image pull secrets (gitea-pull); attempting to pull the image may not succeed.';
    const found = await told(
      [
        isPrivate,
        waits('shop/app', ANONYMOUS),
        added(
          warning('shop/app', retrieval, '2025-11-20T08:00:01Z', 'FailedToRetrieveImagePullSecret'),
        ),
      ],
      ['list secrets'],
    );
    expect(codes(found)).toContain('fail REG540');
  });

  it('are skipped with the right that is missing', async () => {
    const found = await told([], ['list pods']);
    expect(found.join()).toMatch(/skip REG561 needs the right 'list pods/);
  });

  it('keep what the runtime said, without the image and on one line', async () => {
    const found = await told([
      edited('Pod', POD, (pod) => {
        pod.status = waitingPod(POD).status;
        pod.status.containerStatuses[0].name = 'state-hub';
      }),
      added(pullFailed(POD, `rpc error: code = Unknown desc = ${IMAGE}:\nbroken pipe`)),
    ]);
    expect(found.join()).toMatch(/^fail REG561 .*: 'broken pipe'/);
  });
});
