import { parse } from 'yaml';
import { helmSetLines } from '../../src/delivery/helm-set';
import { overlayValues } from '../../src/delivery/overlay-values';
import { sopsSetLines } from '../../src/delivery/sops-set';
import { valueLeaves } from '../../src/delivery/value-leaves';
import { valuesFile } from '../../src/delivery/values-file';
import type { RegistryDeclaration } from '../../src/declaration/model';
import { MINIMAL_DECLARATION } from '../support/arbitraries';
import { registryCase } from '../support/registries';
import { shellWords } from '../support/shell-words';

const NAMES = ['object-storage', 'object-storage-azure', 'replicas'];

const declarationOf = (name: string): RegistryDeclaration =>
  registryCase(name).registry._toDeclaration();

describe('the values beside gitea.config', () => {
  it('are none where nothing asks for them', () => {
    expect(Object.keys(overlayValues(MINIMAL_DECLARATION))).toEqual(['gitea']);
    expect(Object.keys(overlayValues(MINIMAL_DECLARATION).gitea)).toEqual(['config']);
  });

  it.each(NAMES)('are read from the values file as they were made: %s', (name) => {
    const declaration = declarationOf(name);
    const read = parse(valuesFile(declaration), { version: '1.1' });
    expect(read).toEqual(overlayValues(declaration));
  });

  it('give a number for the count, which the charts compare', () => {
    expect(overlayValues(declarationOf('replicas')).replicaCount).toBe(3);
  });

  it('have no strategy where several replicas can roll', () => {
    expect(overlayValues(declarationOf('replicas'))).not.toHaveProperty('strategy');
    expect(overlayValues(declarationOf('object-storage')).strategy).toEqual({ type: 'Recreate' });
  });

  it('say in the header that the list is whole, only where there is one', () => {
    const said = 'gitea.additionalConfigSources is set whole here';
    expect(valuesFile(declarationOf('object-storage'))).toContain(said);
    expect(valuesFile(MINIMAL_DECLARATION)).not.toContain(said);
  });

  it.each(NAMES)('are one leaf each, lists whole: %s', (name) => {
    const values = overlayValues(declarationOf(name));
    const rebuilt: { [key: string]: unknown } = {};
    for (const { path, value } of valueLeaves(values)) {
      let map = rebuilt;
      for (const step of path.slice(0, -1)) {
        map = (map[step] ??= {}) as typeof rebuilt;
      }
      map[path.at(-1)!] = value;
    }
    expect(rebuilt).toEqual(values);
  });
});

describe('the values beside gitea.config, as arguments of helm', () => {
  it('replace the list whole, keep texts texts and numbers numbers', () => {
    const lines = helmSetLines(declarationOf('object-storage')).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '--set-json \'gitea.additionalConfigSources=[{"secret":{"secretName":"gitea-mail"}},{"configMap":{"name":"gitea-ui"}},{"configMap":{"name":"gitea-theme"}},{"secret":{"secretName":"gitea-packages-s3"}}]\'',
        "--set-string 'gitea.podAnnotations.checksum/gitea-packages-s3=v12'",
        "--set-string 'deployment.annotations.configmap\\.reloader\\.stakater\\.com/reload=gitea-ui\\,gitea-theme'",
        "--set-json 'replicaCount=1'",
        "--set-string 'strategy.type=Recreate'",
      ]),
    );
  });
});

it.each(NAMES)('gives every value of the overlay to sops too: %s', (name) => {
  const declaration = declarationOf(name);
  const set = sopsSetLines(declaration, 'x.sops.yaml')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, , , index, value] = shellWords(line);
      const path = JSON.parse(index.replaceAll('][', ',')) as string[];
      return { path, value: JSON.parse(value) as unknown };
    });
  const byPath = (a: { path: readonly string[] }, b: { path: readonly string[] }): number =>
    a.path.join() < b.path.join() ? -1 : 1;
  expect(set.sort(byPath)).toEqual(valueLeaves(overlayValues(declaration)).sort(byPath));
});
