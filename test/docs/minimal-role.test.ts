import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { KINDS } from '../../src/cluster/kinds/table';

interface Role {
  readonly kind: string;
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

const page = readFileSync(join(__dirname, '../../docs/taking-stock.md'), 'utf8');
const [, yaml = ''] = /```yaml\n([^]*?)```/.exec(page) ?? [];
const roles = parseAllDocuments(yaml).map((document) => document.toJS() as Role);

describe('the minimal role of docs/taking-stock.md', () => {
  it('may list every kind that is read but secrets', () => {
    const { rules } = roles.find(({ kind }) => kind === 'ClusterRole')!;
    const refused = Object.values(KINDS)
      .map(({ resource }) => resource)
      .filter((resource) => {
        const [plural = '', ...group] = resource.split('.');
        return !rules.some(
          ({ apiGroups, resources, verbs }) =>
            apiGroups.includes(group.join('.')) &&
            resources.includes(plural) &&
            verbs.includes('list'),
        );
      });
    expect(refused).toEqual(['secrets']);
  });

  it('may list nothing that is not read, and write nothing', () => {
    const known = new Set(Object.values(KINDS).map(({ resource }) => resource.split('.', 1)[0]));
    const { rules } = roles.find(({ kind }) => kind === 'ClusterRole')!;
    expect(rules.flatMap(({ resources }) => resources).filter((one) => !known.has(one))).toEqual(
      [],
    );
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['list']));
    const more = roles.find(({ kind }) => kind === 'Role')!.rules;
    expect(more.filter(({ verbs }) => verbs.includes('create'))).toEqual([
      { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create'] },
    ]);
  });
});
