import type { KubeObject } from '../../src/testing';
import {
  COULOMB_POD,
  COULOMB_SECRETS,
  coulombAfter,
  coulombAppIni,
  coulombBefore,
  coulombExec,
} from './fixtures/coulomb';

function ids(objects: readonly KubeObject[], kind: string): string[] {
  return objects
    .filter((object) => object.kind === kind)
    .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
}

test('before the change nothing routes, certifies or declares the registry', () => {
  const objects = coulombBefore();
  for (const kind of ['Ingress', 'Certificate', 'ConfigMap', 'CronJob']) {
    expect(ids(objects, kind)).toEqual([]);
  }
  const nodePort = objects.find(
    ({ kind, metadata }) => kind === 'Service' && metadata.name === 'gitea',
  );
  expect(nodePort).toMatchObject({ spec: { type: 'NodePort', ports: [{ nodePort: 32166 }] } });
  expect(coulombAppIni('before')).toContain('ROOT_URL = http://gitea.coulomb.social\n');
  expect(coulombAppIni('before')).not.toContain('[packages]');
});

test('after the change the committed manifest and overlay are live', () => {
  const objects = coulombAfter();
  expect(ids(objects, 'Ingress')).toEqual(['default/gitea-registry-v2']);
  expect(ids(objects, 'Certificate')).toEqual(['default/gitea-tls']);
  expect(ids(objects, 'ConfigMap')).toEqual(['default/gitea-registry']);
  expect(coulombAppIni('after')).toContain(
    '[packages]\nENABLED = true\nLIMIT_SIZE_CONTAINER = -1\n',
  );
  expect(coulombAppIni('after')).toContain('ROOT_URL = https://gitea.coulomb.social/\n');
});

test.each(['before', 'after'] as const)('no two objects are the same, %s', (state) => {
  const objects = state === 'before' ? coulombBefore() : coulombAfter();
  const keys = objects.map(
    ({ apiVersion, kind, metadata }) =>
      `${apiVersion} ${kind} ${metadata.namespace} ${metadata.name}`,
  );
  expect(new Set(keys).size).toBe(keys.length);
  expect(ids(objects, 'Pod')).toContain(`default/${COULOMB_POD[state].name}`);
});

test('app.ini holds the secrets a report must not show', () => {
  const { secretKey, internalToken, jwtSecret, lfsJwtSecret, databasePassword } = COULOMB_SECRETS;
  for (const secret of [secretKey, internalToken, jwtSecret, lfsJwtSecret, databasePassword]) {
    expect(coulombAppIni('before')).toContain(secret);
  }
});

test('only the pod of Gitea has cat, df and du', () => {
  const exec = coulombExec('after');
  const run = (pod: string, ...command: string[]) => exec({ namespace: 'default', pod, command });
  const pod = COULOMB_POD.after.name;
  expect(run(pod, 'cat', '/data/gitea/conf/app.ini')?.stdout).toBe(coulombAppIni('after'));
  expect(run(pod, 'cat', '/nope')?.exitCode).toBe(1);
  expect(run(pod, 'df', '-Pk', '/data')?.stdout).toContain('41% /data');
  expect(run(pod, 'df', '-Pi', '/data')?.stdout).toContain('Inodes');
  expect(run(pod, 'du', '-sk', '/data/packages')?.stdout).toBe('819200\t/data/packages\n');
  expect(run(pod, 'sh')).toBeUndefined();
  expect(run('gitea-db-1', 'cat', '/data/gitea/conf/app.ini')).toBeUndefined();
});
