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
import { laidOver } from '../support/tool-precedence';

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

/** `sops set` on decrypted values (sops.go `set`, and cmd/sops `jsonValueToTreeInsertableValue`, which refuses lists). */
function sopsSet(
  below: unknown,
  [step, ...rest]: readonly (string | number)[],
  value: unknown,
): unknown {
  const inner = (child: unknown): unknown =>
    rest.length === 0 ? value : sopsSet(child, rest, value);
  if (Array.isArray(below)) {
    const place = step as number;
    return place < below.length ? below.with(place, inner(below[place])) : [...below, inner('')];
  }
  if (typeof below === 'object' && below !== null) {
    return { ...below, [step]: inner((below as { [key: string]: unknown })[step]) };
  }
  return typeof step === 'number' ? [inner('')] : { [step]: inner('') };
}

describe('the lines for sops', () => {
  const BASE = {
    gitea: {
      additionalConfigSources: [1, 2, 3, 4, 5, 6].map((n) => ({
        secret: { secretName: `base-${n}` },
      })),
      config: { server: { ROOT_URL: 'http://old.example.org/', BASE: 'stays' }, queue: null },
    },
    replicaCount: 9,
  };
  const steps = (
    declaration: RegistryDeclaration,
  ): { path: (string | number)[]; value: unknown }[] =>
    sopsSetLines(declaration, 'x.sops.yaml')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const [, , , index, value] = shellWords(line);
        return { path: JSON.parse(index.replaceAll('][', ',')), value: JSON.parse(value) };
      });

  it.each(NAMES)('have no list for a value, which sops refuses: %s', (name) => {
    const lists = steps(declarationOf(name)).filter(({ value }) => Array.isArray(value));
    expect(lists).toEqual([]);
  });

  it.each(NAMES)('make of any values what the overlay makes of them: %s', (name) => {
    const declaration = declarationOf(name);
    for (const base of [{}, BASE]) {
      const set = steps(declaration).reduce<unknown>(
        (values, { path, value }) => sopsSet(values, path, value),
        base,
      );
      expect(set).toEqual(laidOver(base, overlayValues(declaration)));
    }
  });
});
