import { declarationFilePath, handoffFilePath, valuesFilePath } from '../../src/delivery/side-file';
import { registryCase } from '../support/registries';

it('names each file by the release, so that several releases share a folder', () => {
  const gitea = registryCase('minimal').registry._toDeclaration();
  const forgejo = registryCase('forgejo').registry._toDeclaration();
  expect([valuesFilePath, handoffFilePath, declarationFilePath].map((path) => path(gitea))).toEqual(
    [
      'helm/gitea-registry-values.yaml',
      'docs/gitea-container-registry.md',
      'helm/gitea-registry.json',
    ],
  );
  expect(valuesFilePath(forgejo)).toBe('helm/forgejo-registry-values.yaml');
});
