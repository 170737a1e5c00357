import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Validation } from 'cdk8s-cli/plugins';
import { parseAllDocuments } from 'yaml';
import { RegistryPolicy } from '../../src/app/registry-policy';
import type { PolicyViolation, RegistryPolicyProps } from '../../src/app/registry-policy';
import { temporaryFolder } from '../support/temporary';
import { messageOf } from '../support/thrown';

const CHART = `apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata:
  name: gitea
  namespace: git
spec:
  chart: gitea
  version: 12.5.0
  failurePolicy: POLICY
  valuesContent: |
    gitea: { admin: { existingSecret: gitea-admin, passwordMode: initialOnlyNoReset } }
`;

const folder = temporaryFolder();
const before = process.cwd();
beforeEach(() => process.chdir(folder()));
afterEach(() => process.chdir(before));

interface Report {
  readonly violations: PolicyViolation[];
  status?: string;
  metadata?: object;
}

/** What the plugin reports of one rendered file. */
async function validate(yaml: string, properties?: RegistryPolicyProps): Promise<Report> {
  const file = join(folder(), 'out.k8s.yaml');
  writeFileSync(file, yaml);
  const report: Report = { violations: [] };
  await new RegistryPolicy(properties).validate({
    manifests: [file],
    parseManifest: (path) =>
      parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS() as unknown),
    report: {
      addViolation: (violation) => void report.violations.push(violation),
      submit: (status, metadata) => void Object.assign(report, { status, metadata }),
    },
  });
  return report;
}

const codes = ({ violations }: Report): string[] => violations.map(({ ruleName }) => ruleName);

it('is a validation of cdk8s', () => {
  const plugin: Validation = new RegistryPolicy();
  expect(plugin.validate).toBeInstanceOf(Function);
});

it('submits success when every rule holds', async () => {
  const report = await validate(CHART.replace('POLICY', 'abort'));
  expect(report).toEqual({
    violations: [],
    status: 'success',
    metadata: { errors: '0', warnings: '0', accepted: '0' },
  });
});

it('submits failure with code, object, path, reason and fix', async () => {
  const report = await validate(CHART.replace('POLICY', 'reinstall'));
  expect(report.status).toBe('failure');
  expect(report.violations).toEqual([
    {
      ruleName: 'REG650 a k3s HelmChart or HelmChartConfig never reinstalls on failure',
      recommendation: expect.stringMatching(
        /^HelmChart git\/gitea: failurePolicy 'reinstall'; expected `abort` or `retry`\. the default/,
      ),
      fix: '`failurePolicy: abort`',
      violatingResources: [
        {
          resourceName: 'gitea',
          manifestPath: join(folder(), 'out.k8s.yaml'),
          locations: ['spec.failurePolicy'],
        },
      ],
    },
  ]);
});

it('passes over empty documents and documents without kind', async () => {
  expect((await validate('---\n---\nsome: thing\n---\n- x\n')).status).toBe('success');
});

const accept = (until: string): RegistryPolicyProps => ({
  suppress: [{ code: 'REG650', object: 'HelmChart git/gitea', reason: 'moves away', until }],
});

it('lets pass what is accepted until a day to come', async () => {
  const report = await validate(CHART.replace('POLICY', 'reinstall'), accept('9999-12-31'));
  expect(report).toMatchObject({ violations: [], status: 'success', metadata: { accepted: '1' } });
});

it('fails for a suppression past its day, beside what it covered', async () => {
  const report = await validate(CHART.replace('POLICY', 'reinstall'), accept('2020-01-01'));
  expect(report.status).toBe('failure');
  expect(report.violations).toHaveLength(2);
  expect(report.violations[1].recommendation).toContain('until 2020-01-01 is past');
});

it('reads suppressions of gitea-registry.yaml too', async () => {
  writeFileSync(
    'gitea-registry.yaml',
    'suppress: [{ code: REG650, object: "HelmChart *", reason: soon gone, until: "9999-12-31" }]\n',
  );
  expect((await validate(CHART.replace('POLICY', 'reinstall'))).status).toBe('success');
});

it.each<[string, object, string]>([
  [
    'a suppression without reason',
    { suppress: [{ code: 'REG650', object: 'x', until: '2027-01-01' }] },
    'suppress[0].reason is missing',
  ],
  [
    'an unknown property',
    { supress: [] },
    'properties of RegistryPolicy: supress is not a known field',
  ],
  ['a failOn that is none', { failOn: 'never' }, "failOn 'never' must be"],
])('refuses %s', (_, properties, message) => {
  expect(messageOf(() => new RegistryPolicy(properties as RegistryPolicyProps))).toContain(message);
});

it('refuses a configuration file that is wrong', () => {
  mkdirSync('sub');
  writeFileSync('gitea-registry.yaml', 'suppress: none\n');
  expect(messageOf(() => new RegistryPolicy())).toContain(
    "gitea-registry.yaml: suppress 'none' must be a list",
  );
});

describe('warnings', () => {
  const valuesOld = CHART.replace('POLICY', 'abort')
    .replace('12.5.0', '12.0.0')
    .replace('valuesContent: |\n', 'valuesContent: |\n    image: { tag: 1.23.8-rootless }\n');

  test('are named and fail nothing', async () => {
    const report = await validate(valuesOld);
    expect(report.status).toBe('success');
    expect(codes(report).filter((name) => !name.startsWith('[warn] REG'))).toEqual([]);
    expect(codes(report)).not.toEqual([]);
  });

  test('fail where failOn says so', async () => {
    expect((await validate(valuesOld, { failOn: 'warn' })).status).toBe('failure');
  });
});
