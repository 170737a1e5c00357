import { asValues } from '../../../src/rules/manifest';
import { gitopsObject } from '../../../src/rules/values/gitops-object';
import { findings } from '../fixture';

describe('a values file', () => {
  const found = (file: string | undefined): number => {
    const values = { gitea: { config: { server: { ROOT_URL: 'https://git.example.org/' } } } };
    return findings([asValues(values, file === undefined ? {} : { file })], [gitopsObject]).length;
  };

  test.each([
    'dist/gitea.yaml',
    './dist/helm/gitea.yaml',
    '/src/app/dist/gitea.yaml',
    'app\\dist\\gitea.yaml',
  ])('in the output folder of synth is refused: %s', (file) => {
    expect(found(file)).toBe(1);
  });

  test.each([
    'helm/gitea.yaml',
    'dist.yaml',
    'distribution/gitea.yaml',
    'mydist/gitea.yaml',
    undefined,
  ])('elsewhere is fine: %s', (file) => {
    expect(found(file)).toBe(0);
  });

  test('is named with what happens to it', () => {
    const values = { gitea: { admin: {} } };
    const [finding] = findings([asValues(values, { file: 'dist/gitea.yaml' })], [gitopsObject]);
    expect(finding).toMatchObject({
      severity: 'error',
      object: 'Values dist/gitea.yaml',
      jsonPath: '',
      observed: 'a values file in `dist`, the output folder of cdk8s',
      expected: 'values files in a folder of their own',
      why: 'synth empties the folder, and what applies it takes every file in it for a manifest',
      fix: 'write values to a folder such as `helm/`',
    });
  });
});
