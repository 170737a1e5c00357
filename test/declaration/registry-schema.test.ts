import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020';
import Ajv from 'ajv/dist/2020';
import fc from 'fast-check';
import { parseDeclaration, printDeclaration } from '../../src/declaration/parse';
import { registryJsonSchema } from '../../src/declaration/registry-schema';
import { anyText } from '../support/any-text';
import {
  arbitraryDeclaration,
  maximalDeclaration,
  MINIMAL_DECLARATION,
} from '../support/arbitraries';
import { messageOf } from '../support/thrown';

const COMMITTED = resolve(__dirname, '../../docs/registry.schema.json');

/** A declaration with every part: the reference case. */
const FULL = {
  ...MINIMAL_DECLARATION,
  host: 'gitea.coulomb.social',
  route: {
    kind: 'traefik-ingress',
    name: 'gitea-registry-v2',
    ingressClassName: 'traefik',
    entryPoints: ['websecure'],
    tls: {
      source: 'certificate',
      secretName: 'gitea-tls',
      issuer: { name: 'letsencrypt-prod', kind: 'ClusterIssuer', group: 'cert-manager.io' },
    },
  },
  tunnels: [{ name: 'vpn', url: 'http://10.0.0.1:3000' }],
  owners: [
    { kind: 'organization', name: 'coulomb', visibility: 'public' },
    { kind: 'user', name: 'mosaic', visibility: 'private' },
  ],
  links: [
    { owner: 'coulomb', type: 'container', name: 'state-hub', repository: 'state-hub' },
    { owner: 'Coulomb', type: 'npm', name: '@acme/lib', repository: 'stack' },
  ],
  limits: {
    perType: { container: '-1', npm: '5 GiB' },
    totalOwnerSize: '-1',
    totalOwnerCount: -1,
    largestLayer: '2 GiB',
    pushBudget: '1h',
  },
  pullSecrets: [
    {
      id: 'StateHub',
      namespace: 'state-hub',
      secretName: 'gitea-pull',
      source: 'existing',
      serviceAccount: { name: 'default', create: false },
    },
  ],
  config: {
    added: [{ section: 'server', key: 'HTTP_PORT' }],
    reset: [{ section: 'packages', key: 'ENABLED', value: 'true' }],
  },
  storage: {
    claim: 'gitea-shared-storage',
    size: '10Gi',
    accessMode: 'ReadWriteOnce',
    storageClass: 'local-path',
    path: '/data/packages',
  },
  backup: 'none: no backup CronJob exists',
  handoff: {
    verifiedImages: [
      {
        repository: 'coulomb/state-hub',
        tag: '6186a99',
        digest: 'sha256:039d29654ccb3754c6ecdbe497c6364bbd8452edcdcb7fa937dd9debf5b734ff',
        provenance: 'CUST-WP-0011',
      },
    ],
    references: ['CUST-WP-0011'],
  },
};

/** {@link FULL} with `value` at `path`, such as `owners[0].name`. */
function withField(path: string, value: unknown): string {
  const document = JSON.parse(JSON.stringify(FULL));
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  const last = steps.pop()!;
  const parent = steps.reduce((at, step) => at[step], document);
  parent[last] = value;
  return JSON.stringify(document);
}

function each(
  path: string,
  allowed: string,
  code: string,
  ...values: unknown[]
): [path: string, value: unknown, allowed: string, code: string][] {
  return values.map((value) => [path, value, allowed, code]);
}

const HOST =
  "must be a host name such as 'git.example.org', in lower case, with a dot or a port, without scheme, path or default port";
const WHOLE = 'must be a whole number from';

describe('a declaration', () => {
  it('may be the reference case with every part', () => {
    expect(parseDeclaration(JSON.stringify(FULL))).toStrictEqual(FULL);
  });

  it.each([
    ...each('host', HOST, 'REG111', 'https://git.coulomb.social', 'git.coulomb.social/v2'),
    ...each(
      'host',
      HOST,
      'REG111',
      'Git.coulomb.social',
      'git.coulomb.social:443',
      'git.coulomb.social.',
    ),
    ...each(
      'host',
      HOST,
      'REG111',
      'localhost',
      'localhost:5000',
      'gitea.default.svc',
      'x.svc.cluster.local',
    ),
    ...each(
      'host',
      HOST,
      'REG111',
      'example.com',
      'git.example.com',
      '10.0.0.7',
      `${'a'.repeat(64)}.org`,
      '',
    ),
    ...each(
      'sshDomain',
      "must be a host name such as 'ssh.example.org'",
      'REG611',
      'SSH.org',
      'a:22',
      '',
    ),
    ...each('release.flavor', "must be 'gitea' or 'forgejo'", 'REG660', 'gogs', 'Gitea', 5),
    ...each(
      'release.name',
      'must be the name of a Helm release',
      'REG660',
      'Gitea',
      'a_b',
      'a'.repeat(54),
    ),
    ...each(
      'release.namespace',
      'must be a namespace',
      'REG660',
      'Default',
      'a.b',
      'a_b',
      '-a',
      'a'.repeat(64),
    ),
    ...each(
      'release.chart',
      'must be a chart as helm takes it',
      'REG660',
      'https://x.org/gitea',
      '--set',
    ),
    ...each(
      'release.chartVersion',
      'must be one exact chart version such as',
      'REG640',
      '^12',
      '>=12.5.0',
    ),
    ...each(
      'release.chartVersion',
      'must be one exact chart version such as',
      'REG640',
      '12.x',
      'v12.5.0',
    ),
    ...each(
      'release.chartVersion',
      'must be one exact chart version such as',
      'REG640',
      'latest',
      '12.5',
    ),
    ...each(
      'release.appVersion',
      "must be an exact version such as '1.25.4'",
      'REG660',
      '1.25',
      'latest',
    ),
    ...each('release.valuesFiles', 'must be a list', 'REG660', 'values.yaml'),
    ...each(
      'release.valuesFiles[0]',
      'must be a file path of letters',
      'REG660',
      '-f',
      'a b.yaml',
      '$(id)',
    ),
    ...each('release.httpService.name', 'must be the name of a Service', 'REG220', '1a', 'a.b', ''),
    ...each('release.httpService.port', `${WHOLE} 1 to 65535`, 'REG220', 0, 65536, 80.5),
    ...each('release.httpService.appPort', `${WHOLE} 1 to 65535`, 'REG660', '3000', null),
    ...each('release.httpService.nodePort', `${WHOLE} 1 to 65535`, 'REG220', -1),
    ...each('route.kind', "must be 'traefik-ingress'", 'REG660', 'nginx'),
    ...each('route.name', 'must be the name of an object', 'REG660', 'A', 'a..b'),
    ...each('route.entryPoints[0]', 'must be a short name', 'REG660', 'web secure', ''),
    ...each(
      'route.tls.source',
      "must be 'certificate' or 'ingress-shim' or 'existing-secret'",
      'REG660',
      'acme',
    ),
    ...each('route.tls.secretName', 'must be the name of an object', 'REG660', 'Gitea-TLS'),
    ...each(
      'route.tls.producer',
      'must say in one line who makes the TLS secret',
      'REG550',
      '',
      'a\tb',
    ),
    ...each('route.tls.issuer.kind', 'must be the kind of an object', 'REG660', 'cluster-issuer'),
    ...each(
      'tunnels[0].url',
      'must be an origin such as',
      'REG660',
      'http://x/v2',
      'ssh://x',
      'x:3000',
    ),
    ...each('tunnels[0].name', 'must be a short name', 'REG660', '', 'a b'),
    ...each(
      'owners[0].name',
      'must be a name Gitea accepts',
      'REG320',
      'api',
      'Ghost',
      'a..b',
      '.a',
      'x.keys',
    ),
    ...each(
      'owners[1].name',
      'must be a name Gitea accepts',
      'REG320',
      'z'.repeat(41),
      '',
      'a/b',
      'ü',
    ),
    ...each(
      'owners[0].visibility',
      "must be 'public' or 'limited' or 'private'",
      'REG660',
      'internal',
    ),
    ...each('owners[0].kind', "must be 'organization' or 'user'", 'REG660', 'team'),
    ...each('links[0].owner', 'must be a name Gitea accepts', 'REG320', 'api', 'a/b', ''),
    ...each('links[0].owner', 'is no declared owner: add it to the owners', 'REG320', 'acme'),
    ...each('links[0].type', 'must be a package type in lower case', 'REG913', 'Container', ''),
    ...each(
      'links[0].type',
      'is not a package type of gitea; known: alpine, arch',
      'REG913',
      'alt',
    ),
    ...each('links[0].name', 'must be the name of a package', 'REG913', 'a b', '@', '../a', ''),
    ...each('links[0].name', 'must be an image name Gitea accepts', 'REG470', 'State-Hub', 'a__b'),
    ...each('links[1].name', 'must be the name of an npm package', 'REG913', 'acme/lib', 'Lib'),
    ...each(
      'links[1].repository',
      'must be the name of a repository without its owner',
      'REG914',
      'mosaic/stack',
      'stack.git',
      '..',
      '',
    ),
    ...each(
      'limits.perType.container',
      "must be '-1' (unlimited) or a size",
      'REG621',
      '5,5 GiB',
      '0',
      '',
    ),
    ...each(
      'limits.perType.container',
      "must be '-1' (unlimited) or a size",
      'REG621',
      '10 gibibytes',
      '-2',
      '1e6',
    ),
    ...each(
      'limits.perType.container',
      "must be '-1' (unlimited) or a size",
      'REG660',
      5368709120,
      null,
    ),
    ...each('limits.totalOwnerSize', "must be '-1' (unlimited) or a size", 'REG621', 'unlimited'),
    ...each('limits.totalOwnerCount', `${WHOLE} -1 to 9007199254740991`, 'REG461', -2, 1.5, 1e300),
    ...each(
      'limits.largestLayer',
      "must be a size such as '500 MiB'",
      'REG621',
      '-1',
      '0',
      '2 gigs',
    ),
    ...each('limits.pushBudget', 'must be a duration above zero', 'REG621', '7d', '3600', '0s', ''),
    ...each('pullSecrets[0].id', 'must be a short name', 'REG660', 'State Hub'),
    ...each('pullSecrets[0].namespace', 'must be a namespace', 'REG660', 'State', 'a.b', ''),
    ...each('pullSecrets[0].secretName', 'must be the name of an object', 'REG660', 'Gitea_Pull'),
    ...each('pullSecrets[0].source', "must be 'existing' or 'external-secret'", 'REG660', 'vault'),
    ...each('pullSecrets[0].serviceAccount.create', 'must be true or false', 'REG660', 'yes', 1),
    ...each('config.added[0].section', 'must be a section of app.ini', 'REG620', 'Server', 'a__b'),
    ...each(
      'config.added[0].key',
      'must be a key of app.ini',
      'REG620',
      'http_port',
      'A__B',
      'A.B',
    ),
    ...each('storage.claim', 'must be the name of an object', 'REG660', 'PVC'),
    ...each('storage.size', 'must be a Kubernetes quantity', 'REG710', '10GiB', '10 Gi', '0'),
    ...each('storage.accessMode', "must be 'ReadWriteOnce' or", 'REG660', 'RWO'),
    ...each('storage.path', 'must be a file path', 'REG660', '/data/my packages'),
    ...each('backup', 'must be one line of text', 'REG660', '', 'two\nlines', ' '),
    ...each(
      'handoff.verifiedImages[0].repository',
      "must be 'owner/image'",
      'REG470',
      'coulomb/a__b',
      'coulomb/A',
    ),
    ...each(
      'handoff.verifiedImages[0].repository',
      "must be 'owner/image'",
      'REG470',
      'coulomb/a--b',
      'a',
      'A/b',
    ),
    ...each('handoff.verifiedImages[0].tag', 'must be a tag', 'REG470', '.x', 'a/b', ''),
    ...each(
      'handoff.verifiedImages[0].digest',
      'must be a digest',
      'REG470',
      'sha256:abc',
      'latest',
    ),
    ...each('handoff.verifiedImages[0].provenance', 'must be one line of text', 'REG660', 'a\nb'),
    ...each('handoff.references[0]', 'must be one line of text', 'REG660', ''),
    ...each('apiVersion', "must be 'gitea-registry/v1'", 'REG660', 'gitea-registry/v2', ''),
    ...each('kind', "must be 'RegistryDeclaration'", 'REG660', 'ConfigMap'),
  ])('is refused when %s is %j: it %s … (%s)', (path, value, allowed, code) => {
    const shown =
      typeof value === 'string' ? `'${JSON.stringify(value).slice(1, -1)}'` : `${value}`;
    const message = messageOf(() => parseDeclaration(withField(path, value)));
    expect(message.split('\n')).toHaveLength(1);
    expect(message.replace('\\u000a', '\\n').replace('\\u0009', '\\t')).toMatch(
      `${path} ${shown} ${allowed}`,
    );
    expect(message.endsWith(` (${code})`)).toBe(true);
  });

  it.each([
    [
      'release.liveConfig',
      { 'SERVER.ROOT_URL': 'x' },
      "release.liveConfig key 'SERVER.ROOT_URL' must be 'section.KEY'",
      'REG620',
    ],
    [
      'release.liveConfig',
      { ROOT_URL: 'x' },
      "release.liveConfig key 'ROOT_URL' must be 'section.KEY'",
      'REG620',
    ],
    [
      'release.liveConfig',
      { 'server.ROOT_URL': ' x' },
      'release.liveConfig.server.ROOT_URL must be one line',
      'REG620',
    ],
    [
      'limits.perType',
      { container: '-1', Npm: '1' },
      "limits.perType key 'Npm' must be a package type in lower case",
      'REG460',
    ],
    [
      'limits.perType',
      { container: '-1', wheel: '1' },
      'limits.perType.wheel is not a package type of gitea',
      'REG460',
    ],
    [
      'limits.perType',
      { npm: '5 GiB' },
      "limits.perType.container is missing: write '-1'",
      'REG460',
    ],
    ['route.entryPoints', [], 'route.entryPoints a list of 0 must have 1 to 10 entries', 'REG660'],
    ['route.tls.issuer', undefined, "route.tls.secretName 'gitea-tls' has no producer", 'REG550'],
    [
      'owners[1].name',
      'Coulomb',
      "owners[1].name 'Coulomb' is declared twice: Gitea ignores the case",
      'REG320',
    ],
    [
      'owners[0].team',
      'x',
      'owners[0].team is not a known field; known here: kind, name, visibility',
      'REG660',
    ],
    [
      'token',
      'hunter2',
      'token is not a known field; known here: apiVersion, kind, host',
      'REG660',
    ],
    [
      'release.values',
      {},
      'release.values is not a known field; known here: flavor, name',
      'REG660',
    ],
    [
      'pullSecrets[0].password',
      'hunter2',
      'pullSecrets[0].password is not a known field',
      'REG660',
    ],
    ['config.added[0].value', 'hunter2', 'config.added[0].value is not a known field', 'REG660'],
    ['host', undefined, 'host is missing: it must be a host name', 'REG660'],
    ['release', [], 'release a list must be an object', 'REG660'],
  ])('is refused when %s is %j: %s (%s)', (path, value, said, code) => {
    const message = messageOf(() => parseDeclaration(withField(path, value)));
    expect(message.startsWith(said)).toBe(true);
    expect(message.endsWith(` (${code})`)).toBe(true);
    expect(message).not.toMatch(/\n|hunter/);
  });
});

describe('the size of a declaration', () => {
  interface Node {
    readonly type?: string;
    readonly pattern?: string;
    readonly maxLength?: number;
    readonly maxItems?: number;
    readonly maxProperties?: number;
    readonly items?: Node;
    readonly properties?: { readonly [name: string]: Node };
    readonly propertyNames?: Node;
    readonly additionalProperties?: Node | false;
    /** One of several shapes, by the word in one field. */
    readonly allOf?: readonly {
      readonly if: {
        readonly properties: { readonly [field: string]: { readonly const: string } };
      };
      readonly then: Node;
    }[];
  }

  /** Places of `value` that are shorter than `node` allows. */
  function slack(node: Node, value: unknown, path: string): string[] {
    const shape = node.allOf?.find(({ if: { properties } }) =>
      Object.entries(properties).every(
        ([field, { const: word }]) => (value as { [name: string]: unknown })[field] === word,
      ),
    );
    if (shape) {
      return slack(shape.then, value, path);
    }
    if (node.type === 'array') {
      const entries = value as unknown[];
      return [
        ...(entries.length === node.maxItems ? [] : [path]),
        ...entries.flatMap((entry, index) => slack(node.items!, entry, `${path}[${index}]`)),
      ];
    }
    if (node.properties) {
      const members = value as { [name: string]: unknown };
      return Object.entries(node.properties).flatMap(([name, field]) =>
        name in members ? slack(field, members[name], `${path}.${name}`) : [`${path}.${name}`],
      );
    }
    if (node.type === 'object') {
      const members = Object.entries(value as object);
      return [
        ...(members.length === node.maxProperties ? [] : [path]),
        ...members.flatMap(([name, member]) => [
          ...slack(node.propertyNames!, name, `${path} key`),
          ...slack(node.additionalProperties as Node, member, `${path}.${name}`),
        ]),
      ];
    }
    return node.maxLength === undefined || (value as string).length === node.maxLength
      ? []
      : [path];
  }

  /** Texts without a bound: neither a greatest length nor a pattern whose sentences end. */
  function unbounded(node: Node, path: string): string[] {
    const parts: [string, Node | undefined | false][] = [
      [`${path}[]`, node.items],
      [`${path} key`, node.propertyNames],
      [`${path}.*`, node.additionalProperties],
      ...(node.allOf ?? []).map(({ then }): [string, Node] => [path, then]),
      ...Object.entries(node.properties ?? {}).map(([name, field]): [string, Node] => [
        `${path}.${name}`,
        field,
      ]),
    ];
    const endless =
      node.type === 'string' &&
      node.maxLength === undefined &&
      /[*+]|\{\d+,\}/.test(node.pattern ?? '+');
    const open =
      (node.type === 'array' && node.maxItems === undefined) ||
      (node.type === 'object' && !node.properties && node.maxProperties === undefined);
    return [
      ...(endless || open ? [path] : []),
      ...parts.flatMap(([at, part]) => (part ? unbounded(part, at) : [])),
    ];
  }

  it('is bounded: every list, map and text has an end', () => {
    expect(unbounded(registryJsonSchema() as Node, '')).toEqual([]);
  });

  it('is below 900 KiB when every list is full and every text as long as it may be', () => {
    const largest = maximalDeclaration();
    const text = printDeclaration(largest);
    expect(parseDeclaration(text)).toStrictEqual(largest);
    expect(Buffer.byteLength(text)).toBeLessThan(900 * 1024);
    // Types are short, and names of links and pull secrets share what is left of their common length.
    const known =
      /^\.limits\.perType(\.\w+| key)?$|^\.links\[\d+\]\.(name|type)$|^\.pullSecrets\[\d+\]\.(secretName|file|serviceAccount\.name)$/;
    const rest = slack(registryJsonSchema() as Node, largest, '');
    expect(rest.filter((path) => !known.test(path))).toEqual([]);
  });

  it.each([
    ['release.valuesFiles', 20, 'a.yaml'],
    ['tunnels', 20, { name: 'a', url: 'http://a' }],
    ['owners', 200, { kind: 'user', name: 'a', visibility: 'public' }],
    ['links', 500, {}],
    ['pullSecrets', 500, {}],
    ['config.added', 200, {}],
    ['config.reset', 50, {}],
    ['handoff.verifiedImages', 100, {}],
    ['handoff.references', 50, 'a'],
    ['route.entryPoints', 10, 'web'],
  ])('is refused when %s has more than %i entries', (path, most, entry) => {
    const entries = Array.from({ length: most + 1 }, () => entry);
    expect(messageOf(() => parseDeclaration(withField(path, entries)))).toMatch(
      new RegExp(`${most + 1} must have [01] to ${most} entries \\(REG660\\)$`),
    );
  });

  it('is refused when the names in its links are too long together', () => {
    const { links, owners } = maximalDeclaration();
    const declaration = { ...MINIMAL_DECLARATION, owners };
    expect(() => parseDeclaration(JSON.stringify({ ...declaration, links }))).not.toThrow();
    const [{ name, ...first }, ...rest] = links!;
    const longer = [{ ...first, name: `${name}x` }, ...rest];
    expect(
      messageOf(() => parseDeclaration(JSON.stringify({ ...declaration, links: longer }))),
    ).toBe('links hold 90001 characters; at most 90000 fit a ConfigMap beside the rest (REG660)');
  });

  it('is refused when its pull secrets are too long together', () => {
    const { pullSecrets } = maximalDeclaration();
    const declared = (more: string): string =>
      JSON.stringify({
        ...MINIMAL_DECLARATION,
        pullSecrets: pullSecrets.map((secret) =>
          'file' in secret ? { ...secret, file: `${secret.file}${more}` } : secret,
        ),
      });
    expect(() => parseDeclaration(declared(''))).not.toThrow();
    expect(messageOf(() => parseDeclaration(declared('x')))).toMatch(
      /^pullSecrets hold 200\d{3} characters; at most 200000 fit a ConfigMap beside the rest \(REG660\)$/,
    );
  });

  it('is refused when a map has too many entries', () => {
    const liveConfig = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`a.B${at}`, '']));
    expect(messageOf(() => parseDeclaration(withField('release.liveConfig', liveConfig)))).toBe(
      'release.liveConfig an object with 51 entries must have at most 50 (REG660)',
    );
  });
});

describe('the JSON Schema', () => {
  let validate: ValidateFunction;

  beforeAll(() => {
    validate = new Ajv({ strict: true, allErrors: false }).compile(registryJsonSchema());
  });

  function errors(value: unknown): ErrorObject[] {
    return validate(value) ? [] : validate.errors!;
  }

  it('takes every declaration', () => {
    fc.assert(
      fc.property(arbitraryDeclaration, (declaration) => expect(errors(declaration)).toEqual([])),
      { numRuns: 150 },
    );
    expect(errors(FULL)).toEqual([]);
    expect(errors(maximalDeclaration())).toEqual([]);
  });

  it.each([
    ['token', 'x', 'additionalProperties'],
    ['release.values', 'x', 'additionalProperties'],
    ['release.httpService.tls', true, 'additionalProperties'],
    ['route.tls.crt', 'x', 'additionalProperties'],
    ['owners[0].team', 'x', 'additionalProperties'],
    ['pullSecrets[0].password', 'x', 'additionalProperties'],
    ['links[0].url', 'x', 'additionalProperties'],
    ['links[0].repository', 'mosaic/stack', 'pattern'],
    ['config.added[0].value', 'x', 'additionalProperties'],
    ['handoff.verifiedImages[0].size', 1, 'additionalProperties'],
    ['host', undefined, 'required'],
    ['host', 'https://git.coulomb.social', 'pattern'],
    ['release.chartVersion', '^12', 'pattern'],
    ['limits.perType.container', 5368709120, 'type'],
    ['release.httpService.port', 0, 'minimum'],
    ['route.entryPoints', [], 'minItems'],
    ['kind', 'ConfigMap', 'enum'],
  ])('refuses %s when it is %j', (path, value, keyword) => {
    expect(errors(JSON.parse(withField(path, value)))).toMatchObject([{ keyword }]);
  });

  it('refuses nothing that the parser takes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('host', 'limits.largestLayer', 'backup', 'owners[0].name', 'storage.path'),
        fc.oneof(fc.string(), anyText(), fc.constantFrom('5 GiB', 'a.b', 'é', '7')),
        (path, value) => {
          const text = withField(path, value);
          let taken = true;
          try {
            parseDeclaration(text);
          } catch {
            taken = false;
          }
          expect(taken && errors(JSON.parse(text)).length > 0).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('names its dialect and itself', () => {
    expect(registryJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:gitea-registry:v1',
    });
  });

  (existsSync(COMMITTED) ? it : it.skip)(
    'is the committed one; `npm run generate` writes it',
    () => {
      expect(JSON.parse(readFileSync(COMMITTED, 'utf8'))).toEqual(
        JSON.parse(JSON.stringify(registryJsonSchema())),
      );
    },
  );
});
