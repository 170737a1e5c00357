import { DRIFT_PROBES } from '../../../../src/doctor/cluster/drift';
import {
  COULOMB_POD,
  COULOMB_SECRETS,
  coulombBefore,
  coulombExec,
} from '../../../cluster/fixtures/coulomb';
import { diagnoseCluster } from '../found';
import { added, coulombBut, coulombWhere, edited, upgraded } from '../table/edit';
import type { FoundCluster } from '../table/scenario';

/** What the probes of P13 say beside what holds. */
async function told(found: FoundCluster): Promise<string[]> {
  const { results } = await diagnoseCluster(found, DRIFT_PROBES);
  expect(JSON.stringify(results)).not.toMatch(new RegExp(Object.values(COULOMB_SECRETS).join('|')));
  return results
    .filter(({ status }) => status !== 'pass')
    .map(({ status, code, observed, note }) => [status, code, observed ?? note].join(' '));
}

const withIni = (change: (text: string) => string): Promise<string[]> =>
  told(coulombWhere({ appIni: change })());

const append = (text: string) => (ini: string) => `${ini}\n${text}\n`;

describe('app.ini of the running forge', () => {
  it('shows no value of a section that is no matter of the registry', async () => {
    const found = await withIni(append('[indexer]\nREPO_INDEXER_ENABLED = maybe-canary'));
    expect(found.join()).not.toContain('canary');
  });

  it('is judged by the rules of check: a schedule Gitea cannot read', async () => {
    const found = await withIni(append('[cron.cleanup_packages]\nSCHEDULE = now and then'));
    expect(found[0]).toBe(
      "fail REG621 app.ini: [cron.cleanup_packages] SCHEDULE is 'now and then'",
    );
  });

  it('is judged by the rules of check: an unknown store', async () => {
    const found = await withIni((ini) =>
      ini.replace('[packages]', '[packages]\nSTORAGE_TYPE = nfs'),
    );
    expect(found.join()).toMatch(/fail REG711 app\.ini: storage type 'nfs'/);
  });

  it('names an unreadable boolean elsewhere without its value', async () => {
    const found = await withIni((ini) =>
      ini.replace('[indexer]', '[indexer]\nENABLED = canary-of-others'),
    );
    expect(found).toEqual([
      'fail REG621 app.ini: [indexer] ENABLED has a value Gitea does not read as meant',
    ]);
  });

  it('keeps a comment sign that is part of a value', async () => {
    const found = await withIni((ini) =>
      ini.replace(/^APP_NAME = .*$/m, 'APP_NAME = `Git #1; [x]`'),
    );
    expect(found).toEqual([]);
  });

  it('may hold limits that come from a Secret the values only name', async () => {
    const found = await told({
      ...coulombWhere({
        appIni: (ini) => ini.replace('[packages]', '[packages]\nLIMIT_SIZE_GENERIC = 1 GiB'),
      })(),
      objects: coulombBut(
        upgraded((values) => {
          values.gitea.additionalConfigSources = [{ secret: { secretName: 'gitea-limits' } }];
        }),
      )().objects,
    });
    expect(found).toEqual([]);
  });

  it('that cannot be read is skipped with the right that is missing', async () => {
    const found = await told({ ...coulombBut()(), forbidden: ['create pods/exec'] });
    expect(found).toContain("skip REG622 needs the right 'create pods/exec in namespace default'");
    expect(found.filter((line) => !line.startsWith('skip'))).toEqual([]);
  });

  it('of the first user before the change has a ROOT_URL by http, and nothing declared is missing in it', async () => {
    const found = await told({ objects: coulombBefore(), exec: coulombExec('before') });
    expect(found[0]).toMatch(
      /^(fail|warn) REG611 app\.ini: ROOT_URL 'http:\/\/gitea\.coulomb\.social'/,
    );
    expect(found.join()).not.toMatch(/REG622|REG635/);
  });
});

describe('the pod of the forge', () => {
  const POD = `default/${COULOMB_POD.after.name}`;
  const made = edited('Secret', 'default/gitea-inline-config', (secret) => {
    secret.metadata.creationTimestamp = '2025-11-03T14:01:30Z';
  });
  const started = (init: string): ReturnType<typeof edited> =>
    edited('Pod', POD, (pod) => {
      pod.status.startTime = '2025-11-03T14:01:00Z';
      pod.status.initContainerStatuses = [
        { name: 'init-directories', state: { terminated: { startedAt: init } } },
      ];
    });

  it('may wait for a Secret that is made after it: its first container tells when it read it', async () => {
    expect(await told(coulombBut(made, started('2025-11-03T14:01:40Z'))())).toEqual([]);
    expect(await told(coulombBut(made, started('2025-11-03T14:01:20Z'))())).toEqual([
      `warn REG623 pod ${POD} started before Secret default/gitea-inline-config was made, which it takes settings from`,
    ]);
  });

  it('is older than a Secret of others without harm', async () => {
    const other = added({
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'Opaque',
      metadata: { name: 'other', namespace: 'default', creationTimestamp: '2025-11-19T00:00:00Z' },
    });
    expect(await told(coulombBut(other)())).toEqual([]);
  });
});

describe('the values of the release', () => {
  it('lack what is declared after an upgrade without the overlay', async () => {
    const found = await told(
      coulombBut(
        upgraded((values) => {
          delete values.gitea.config.packages;
        }),
      )(),
    );
    expect(found).toEqual([
      'warn REG635 values of Helm release default/gitea, revision 3: [packages] ENABLED is not in the values; [packages] LIMIT_SIZE_CONTAINER is not in the values',
    ]);
  });

  it('may be written as numbers', async () => {
    const numbers = upgraded((values) => {
      values.gitea.config.server.HTTP_PORT = 3000;
    });
    expect(await told(coulombBut(numbers)())).toEqual([]);
  });

  it('are behind Git when the Application is out of sync', async () => {
    const application = added({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'gitea', namespace: 'argocd' },
      spec: {
        destination: { namespace: 'default' },
        source: { chart: 'gitea', repoURL: 'docker.gitea.com/charts', targetRevision: '12.5.0' },
      },
      status: { sync: { status: 'OutOfSync' }, health: { status: 'Healthy' } },
    });
    expect(await told(coulombBut(application)())).toEqual([
      'warn REG635 Application argocd/gitea is OutOfSync',
    ]);
  });

  it('are not known without the right to list secrets', async () => {
    const found = await told({ ...coulombBut()(), forbidden: ['list secrets'] });
    expect(found).toContain("skip REG635 needs the right 'list secrets in namespace default'");
  });
});
