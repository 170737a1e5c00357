import fc from 'fast-check';
import type {
  ClusterPullSecretDeclaration,
  ExistingPullSecretDeclaration,
  Flavor,
  LimitsDeclaration,
  LinkDeclaration,
  NamespacedPullSecretDeclaration,
  OwnerDeclaration,
  PullSecretDeclaration,
  RegistryDeclaration,
  ReleaseDeclaration,
  TunnelDeclaration,
} from 'cdk8s-gitea-registry/declaration';
import { withDelivery } from './delivery-arbitraries';
import { withRoute } from './route-arbitraries';
import { withExposure } from './exposure-arbitraries';
import type { StoreParts } from './store-arbitraries';
import { arbitraryStoreParts, withStoreParts } from './store-arbitraries';

/**
 * Values of every grammar of the declaration, built up from letters. None is made from a pattern of
 * `src/declaration`, so that a wrong pattern there is found and not repeated.
 */

const LOWER = [...'abcdefghijklmnopqrstuvwxyz'];
const DIGITS = [...'0123456789'];
const UPPER = LOWER.map((letter) => letter.toUpperCase());

/** Forty hex digits are a token in the eyes of the declaration; a name of them alone is refused. */
const noToken = (text: string): boolean => !/[0-9a-f]{40}/i.test(text);

function chars(alphabet: readonly string[], minLength: number, maxLength: number) {
  return fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
}

/** `word`s with one separator between two of them. */
function joined(
  word: fc.Arbitrary<string>,
  separators: readonly string[],
  maxWords: number,
): fc.Arbitrary<string> {
  const more = fc.array(fc.tuple(fc.constantFrom(...separators), word), {
    maxLength: maxWords - 1,
  });
  return fc.tuple(word, more).map(([first, rest]) => first + rest.flat().join(''));
}

function label(first: readonly string[], maxMiddle = 12): fc.Arbitrary<string> {
  const ends = [...LOWER, ...DIGITS];
  const tail = fc
    .tuple(chars([...ends, '-'], 0, maxMiddle), fc.constantFrom(...ends))
    .map((all) => all.join(''));
  return fc
    .tuple(fc.constantFrom(...first), fc.option(tail, { nil: '' }))
    .map((parts) => parts.join(''));
}

/** RFC 1123 label. */
export const arbitraryNamespace = label([...LOWER, ...DIGITS]).filter(noToken);

/** RFC 1123 subdomain. */
export const arbitraryObjectName = joined(label([...LOWER, ...DIGITS]), ['.'], 3).filter(noToken);

/** A host name people outside can resolve: at least two labels, the last beginning with a letter. */
export const arbitraryHostName = fc
  .tuple(joined(label([...LOWER, ...DIGITS], 8), ['.'], 3), label(LOWER, 4))
  .map(([name, top]) => `${name}.${top}`)
  .filter((name) => !/\.(localhost|svc|cluster\.local)$|(^|\.)example\.com$/.test(name));

/** Registry host, `host[:port]`. */
export const arbitraryHost = fc
  .tuple(arbitraryHostName, fc.option(fc.integer({ min: 1, max: 65535 }), { freq: 2 }))
  .map(([name, port]) => (port === null || port === 443 ? name : `${name}:${port}`));

/** What neither product gives to a user or organization. */
export const RESERVED_OWNERS = (
  'api metrics v2 assets attachments avatar avatars repo-avatars captcha login org repo user explore issues pulls ' +
  'milestones notifications favicon.ico manifest.json robots.txt sitemap.xml ssh_info swagger.v1.json ghost gitea-actions ' +
  'admin devtest report_abuse forgejo-actions'
).split(' ');

/** Name of a user or organization, in any case. */
export const arbitraryOwnerName = joined(
  chars([...LOWER, ...UPPER, ...DIGITS], 1, 10),
  ['-', '_', '.'],
  3,
).filter(
  (name) =>
    !RESERVED_OWNERS.includes(name.toLowerCase()) && !/\.(keys|gpg|rss|atom|png)$/i.test(name),
);

/** Image name below an owner, with and without `/`. */
export const arbitraryImageName = joined(
  chars([...LOWER, ...DIGITS], 1, 8),
  ['.', '_', '-', '/'],
  4,
).filter(noToken);

/** `owner/image`. */
export const arbitraryRepository = fc
  .tuple(arbitraryOwnerName, arbitraryImageName)
  .map(([owner, image]) => `${owner.toLowerCase()}/${image}`)
  .filter(noToken);

/** Name of a generic package. */
export const arbitraryGenericName = fc
  .tuple(
    fc.constantFrom(...LOWER, ...UPPER, ...DIGITS),
    chars([...LOWER, ...UPPER, ...DIGITS, '-', '_', '+', '.'], 0, 12),
  )
  .map((parts) => parts.join(''))
  .filter(noToken);

/** Name of an npm package, with and without a scope. */
export const arbitraryNpmName = fc
  .tuple(
    fc.option(chars([...LOWER, ...DIGITS, '-'], 1, 8)),
    fc.constantFrom(...LOWER, ...DIGITS, '-'),
    chars([...LOWER, ...DIGITS, '-', '_', '.'], 0, 12),
  )
  .map(([scope, first, rest]) => `${scope === null ? '' : `@${scope}/`}${first}${rest}`)
  .filter(noToken);

/** Name of a package whose type has no grammar of its own. */
export const arbitraryPlainName = chars(
  [...LOWER, ...UPPER, ...DIGITS, '.', '_', '~', '+', ':', '-'],
  1,
  16,
).filter((name) => name !== '.' && name !== '..' && noToken(name) && !/[a-z]:/i.test(name));

/** Type of a package with a name of that type, of both products. */
export const arbitraryPackage: fc.Arbitrary<{ readonly type: string; readonly name: string }> =
  fc.oneof(
    fc.record({ type: fc.constant('container'), name: arbitraryImageName }),
    fc.record({ type: fc.constant('generic'), name: arbitraryGenericName }),
    fc.record({ type: fc.constant('npm'), name: arbitraryNpmName }),
    fc.record({ type: fc.constantFrom('helm', 'maven', 'debian'), name: arbitraryPlainName }),
    fc.record({
      type: fc.constantFrom('go', 'composer', 'conda'),
      name: fc
        .array(arbitraryPlainName, { minLength: 1, maxLength: 3 })
        .map((parts) => parts.join('/'))
        .filter(noToken),
    }),
  );

/** Name of a repository without its owner. */
export const arbitraryRepositoryName = chars(
  [...LOWER, ...UPPER, ...DIGITS, '-', '_', '.'],
  1,
  20,
).filter(
  (name) =>
    !['.', '..', '-'].includes(name) && !/\.(git|wiki|rss|atom)$/i.test(name) && noToken(name),
);

/** Tag of an image, 40 hex digits included. */
export const arbitraryTag = fc.oneof(
  { weight: 1, arbitrary: chars([...DIGITS, 'a', 'b', 'c', 'd', 'e', 'f'], 40, 40) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        chars([...LOWER, ...UPPER, ...DIGITS, '_'], 1, 1),
        chars([...LOWER, ...UPPER, ...DIGITS, '_', '.', '-'], 0, 20),
      )
      .map((parts) => parts.join('')),
  },
);

/** Digest of a manifest. */
export const arbitraryDigest = chars([...DIGITS, 'a', 'b', 'c', 'd', 'e', 'f'], 64, 64).map(
  (hex) => `sha256:${hex}`,
);

/** Exact SemVer versions, as charts and servers write them. */
export const arbitraryVersion = fc
  .tuple(
    fc.nat(40),
    fc.nat(40),
    fc.nat(40),
    fc.constantFrom('', '', '', '-rootless', '-rc1', '-dev.4+b7', '+gitea-1.22.0', '+dev-12-gabc'),
  )
  .map(([major, minor, patch, suffix]) => `${major}.${minor}.${patch}${suffix}`);

const SIZE_UNITS = 'K KB KiB Ki k kb M MB MiB mib G GB GiB Gi g T TB TiB Ti P PB PiB B b'.split(
  ' ',
);

/** A finite size in Gitea's grammar. */
export const arbitraryFiniteSize = fc.oneof(
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map(String),
  fc
    .tuple(
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom('', '.5', '.25'),
      fc.constantFrom('', ' '),
      fc.constantFrom(...SIZE_UNITS),
    )
    .map((parts) => parts.join('')),
);

/** A size in Gitea's grammar, or unlimited. */
export const arbitrarySize = fc.oneof(fc.constant('-1'), arbitraryFiniteSize);

/** A Go duration above zero. */
export const arbitraryDuration = fc
  .tuple(fc.nat(99), fc.nat(99), fc.nat(99))
  .filter((parts) => parts.some((part) => part > 0))
  .map(([h, m, s]) => `${h ? `${h}h` : ''}${m ? `${m}m` : ''}${s ? `${s}s` : ''}`);

const WORDS = [
  'CUST-WP-0011',
  'none: no CronJob exists',
  'daily at 03:00, kept 14 days',
  'Zürich — § 9 "backup"',
  'C:\\backup\\gitea',
  'see https://wiki.example.org/registry?page=2#restore',
  '備份：每天一次',
  '👩‍👩‍👧 family emoji, e\u0301 and \u00a0 in between',
];

/** Text that no credential hides in: `:`, `=` and `@` stand in {@link WORDS} only. */
const arbitraryGraphemes = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter(
    (text) =>
      /\S/.test(text) &&
      !/[:=@]|eyJ|PRIVATE|basic|bearer|[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/iu.test(
        text,
      ) &&
      noToken(text),
  );

/** One line of text for people. */
export const arbitraryLine = fc.oneof(fc.constantFrom(...WORDS), arbitraryGraphemes);

/** A record: one line of text, or a revision. */
export const arbitraryRecord = fc.oneof(
  arbitraryLine,
  chars([...DIGITS, 'a', 'b', 'c', 'd', 'e', 'f'], 40, 40),
);

/** A value that app.ini gives back as it was written. */
export const arbitraryIniValue = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      'true',
      '-1',
      '5 GiB',
      'https://git.example.org/',
      "it's",
      '"',
      '%(PATH)s',
      '$(id)',
      'a\\',
      '# ;',
    ],
  ),
  arbitraryLine.filter((text) => text === text.trim() && !/^(["'`]).*\1$/.test(text)),
);

/** Section of app.ini. */
export const arbitraryIniSection = fc.oneof(
  fc.constantFrom('server', 'packages', 'cron.cleanup_packages', 'repository.pull-request'),
  fc
    .tuple(
      fc.constantFrom(...LOWER),
      joined(chars([...LOWER, ...DIGITS], 1, 6), ['.', '_', '-'], 3),
    )
    .map((parts) => parts.join('')),
);

/** Key of app.ini that holds no secret in any section. */
export const arbitraryIniKey = fc.oneof(
  fc.constantFrom('ROOT_URL', 'DOMAIN', 'ENABLED', 'LIMIT_SIZE_CONTAINER', 'SCHEDULE'),
  joined(chars([...UPPER, ...DIGITS], 1, 6), ['_'], 3).map((text) => `MAX_${text}`),
);

const arbitraryLabel = fc
  .tuple(
    chars([...LOWER, ...UPPER, ...DIGITS], 1, 1),
    chars([...LOWER, ...UPPER, ...DIGITS], 0, 12),
  )
  .map(([first, rest]) =>
    rest.length > 3 ? `${first}.${rest.slice(0, 2)}_-${rest.slice(2)}` : first + rest,
  );

const arbitraryPath = fc.constantFrom(
  ...[
    'helm/values.sops.yaml',
    'helm/gitea-registry-values.yaml',
    '../base/values.yaml',
    '/data/packages',
    'v.yaml',
    '_a',
  ],
);

const arbitraryPort = fc.integer({ min: 1, max: 65535 });

/** `fc.record` whose fields after `required` may be absent. */
function partly<T, K extends keyof T>(
  required: { [P in K]: fc.Arbitrary<T[P]> },
  optional: { [P in Exclude<keyof T, K>]-?: fc.Arbitrary<NonNullable<T[P]>> },
): fc.Arbitrary<T> {
  return fc.record(
    { ...required, ...optional },
    { requiredKeys: Object.keys(required) as never[], noNullPrototype: true },
  ) as unknown as fc.Arbitrary<T>;
}

function arbitraryRelease(flavor: Flavor): fc.Arbitrary<ReleaseDeclaration> {
  return fc.record(
    {
      flavor: fc.constant(flavor),
      name: arbitraryNamespace,
      namespace: arbitraryNamespace,
      chart: fc.constantFrom(
        ...[
          'oci://docker.gitea.com/charts/gitea',
          'gitea-charts/gitea',
          './charts/gitea',
          'oci://code.forgejo.org:443/forgejo-helm/forgejo',
        ],
      ),
      chartVersion: arbitraryVersion,
      appVersion: arbitraryVersion,
      valuesFiles: fc.array(arbitraryPath, { maxLength: 3 }),
      httpService: partly<ReleaseDeclaration['httpService'], 'name' | 'port' | 'appPort'>(
        { name: label(LOWER), port: arbitraryPort, appPort: arbitraryPort },
        { nodePort: arbitraryPort },
      ),
      liveConfig: fc.dictionary(
        fc.tuple(arbitraryIniSection, arbitraryIniKey).map((parts) => parts.join('.')),
        arbitraryIniValue,
        { maxKeys: 4, noNullPrototype: true },
      ),
    },
    { noNullPrototype: true },
  );
}

const arbitraryTunnels: fc.Arbitrary<TunnelDeclaration[]> = fc.uniqueArray(
  fc.record(
    {
      name: arbitraryLabel.filter((name) => !['ingress', 'service', 'nodePort'].includes(name)),
      url: fc.oneof(
        fc.constantFrom('http://127.0.0.1:3000', 'http://[::1]:8080', 'https://localhost'),
        arbitraryHost.map((host) => `https://${host}`),
      ),
    },
    { noNullPrototype: true },
  ),
  { selector: (tunnel) => tunnel.name, maxLength: 3 },
);

const arbitraryOwners: fc.Arbitrary<OwnerDeclaration[]> = fc.uniqueArray(
  partly<OwnerDeclaration, 'kind' | 'name' | 'visibility'>(
    {
      kind: fc.constantFrom('organization' as const, 'user' as const),
      name: arbitraryOwnerName,
      visibility: fc.constantFrom('public' as const, 'limited' as const, 'private' as const),
    },
    { budget: arbitraryFiniteSize },
  ),
  { selector: (owner) => owner.name.toLowerCase(), maxLength: 4 },
);

/** Links of packages of these owners; none where there is no owner. */
function arbitraryLinks(owners: readonly OwnerDeclaration[]): fc.Arbitrary<LinkDeclaration[]> {
  if (owners.length === 0) {
    return fc.constant([]);
  }
  const link = fc
    .tuple(
      fc.constantFrom(...owners.map(({ name }) => name)),
      arbitraryPackage,
      arbitraryRepositoryName,
    )
    .map(([owner, { type, name }, repository]) => ({ owner, type, name, repository }));
  return fc.uniqueArray(link, {
    selector: ({ owner, type, name }) => `${owner}/${type}/${name}`.toLowerCase(),
    maxLength: 4,
  });
}

function arbitraryLimits(flavor: Flavor): fc.Arbitrary<LimitsDeclaration> {
  const types = ['generic', 'npm', 'helm', 'rubygems', ...(flavor === 'forgejo' ? ['alt'] : [])];
  return partly<LimitsDeclaration, 'perType' | 'pushBudget'>(
    {
      perType: fc
        .tuple(
          arbitrarySize,
          fc.dictionary(fc.constantFrom(...types), arbitrarySize, { noNullPrototype: true }),
        )
        .map(([container, others]) => ({ ...others, container })),
      pushBudget: arbitraryDuration,
    },
    {
      totalOwnerSize: arbitrarySize,
      totalOwnerCount: fc.integer({ min: -1, max: Number.MAX_SAFE_INTEGER }),
      largestLayer: arbitraryFiniteSize,
    },
  );
}

/** What some sources need beside the name of the secret. */
const arbitraryPullSource = fc.oneof(
  fc.constantFrom({ source: 'existing' as const }, { source: 'external-secret' as const }),
  fc
    .tuple(arbitraryPath, fc.boolean())
    .map(([path, sealed]) =>
      sealed
        ? { source: 'sealed-secret' as const, file: path }
        : { source: 'sops-file' as const, file: `${path}.sops.yaml` },
    ),
  fc
    .tuple(arbitraryNamespace, fc.constantFrom('reflector' as const, 'replicator' as const))
    .map(([name, by]) => ({ source: 'reflected' as const, fromNamespace: `from-${name}`, by })),
);

const arbitraryNamespacedPullSecret: fc.Arbitrary<NamespacedPullSecretDeclaration> = fc
  .tuple(
    partly<ExistingPullSecretDeclaration, 'id' | 'namespace' | 'secretName' | 'source'>(
      {
        id: arbitraryLabel,
        namespace: arbitraryNamespace.filter((name) => !name.startsWith('from-')),
        secretName: arbitraryObjectName,
        source: fc.constant('existing'),
      },
      {
        serviceAccount: fc.record(
          { name: arbitraryObjectName, create: fc.boolean() },
          { noNullPrototype: true },
        ),
      },
    ),
    arbitraryPullSource,
  )
  .map(([secret, source]) => ({ ...secret, ...source }));

const arbitraryLabelText = joined(chars([...LOWER, ...UPPER, ...DIGITS], 1, 6), ['-', '_', '.'], 3);

const arbitraryClusterPullSecret: fc.Arbitrary<ClusterPullSecretDeclaration> = partly<
  ClusterPullSecretDeclaration,
  'id' | 'secretName' | 'source' | 'namespaceLabels'
>(
  {
    id: arbitraryLabel,
    secretName: arbitraryObjectName,
    source: fc.constant('cluster-external-secret'),
    namespaceLabels: fc.dictionary(
      fc
        .tuple(fc.option(arbitraryObjectName), arbitraryLabelText)
        .map(([prefix, name]) => (prefix === null ? name : `${prefix}/${name}`))
        .filter(noToken),
      fc.oneof(fc.constant(''), arbitraryLabelText),
      { noNullPrototype: true, minKeys: 1, maxKeys: 3 },
    ),
  },
  { namespaces: fc.array(arbitraryNamespace, { minLength: 1, maxLength: 3 }) },
);

/** Whether two pull secrets cannot both be declared. */
function meet(a: PullSecretDeclaration, b: PullSecretDeclaration): boolean {
  if (a.id === b.id) {
    return true;
  }
  if (a.source === 'node-registries' || b.source === 'node-registries') {
    return false;
  }
  // Names of one secret in several namespaces fit in most cases; those that do are not worth the search.
  return (
    a.secretName === b.secretName ||
    ('namespace' in a &&
      'namespace' in b &&
      a.namespace === b.namespace &&
      a.serviceAccount?.create === true &&
      b.serviceAccount?.create === true &&
      a.serviceAccount.name === b.serviceAccount.name)
  );
}

const arbitraryPullSecrets: fc.Arbitrary<PullSecretDeclaration[]> = fc.uniqueArray(
  fc.oneof(
    arbitraryNamespacedPullSecret,
    arbitraryClusterPullSecret,
    fc.record(
      {
        id: arbitraryLabel,
        source: fc.constant('node-registries' as const),
        distribution: fc.constantFrom('k3s' as const, 'rke2' as const),
      },
      { noNullPrototype: true },
    ),
  ),
  { comparator: meet, maxLength: 4 },
);

const arbitraryConfigKey = { section: arbitraryIniSection, key: arbitraryIniKey };

const arbitrarySuppressions = fc.array(
  fc.record(
    {
      code: fc.integer({ min: 100, max: 999 }).map((number) => `REG${number}`),
      object: fc.constantFrom('Ingress git/gitea', '*', 'Values helm/*.yaml'),
      reason: arbitraryRecord,
      until: fc.constantFrom('2027-03-31', '2028-02-29', '0001-01-01'),
    },
    { noNullPrototype: true },
  ),
  { maxLength: 2 },
);

const ROUTE_GRAMMARS = {
  objectName: arbitraryObjectName,
  namespace: arbitraryNamespace,
  host: arbitraryHost,
  line: arbitraryLine,
};

function arbitraryOf(flavor: Flavor): fc.Arbitrary<RegistryDeclaration> {
  const arbitraryParts = arbitraryStoreParts(arbitraryObjectName);
  const arbitraryBase = fc
    .tuple(arbitraryWithoutLinks(flavor), arbitraryParts)
    .map(([declaration, parts]) => withStoreParts(declaration, parts))
    .chain((declaration) => withRoute(ROUTE_GRAMMARS, declaration))
    .chain((declaration) =>
      withDelivery({ name: arbitraryObjectName, namespace: arbitraryNamespace }, declaration),
    )
    .chain((declaration) =>
      withExposure({ name: arbitraryObjectName, namespace: arbitraryNamespace }, declaration),
    );
  return arbitraryBase.chain((declaration) =>
    fc
      .option(arbitraryLinks(declaration.owners), { nil: undefined })
      .map((links) => ({ ...declaration, ...(links && { links }) })),
  );
}

function arbitraryWithoutLinks(
  flavor: Flavor,
): fc.Arbitrary<Omit<RegistryDeclaration, 'links' | 'route' | keyof StoreParts>> {
  return partly<
    Omit<RegistryDeclaration, 'links' | 'route' | keyof StoreParts>,
    Exclude<
      keyof RegistryDeclaration,
      keyof StoreParts | 'links' | 'route' | 'storage' | 'backup' | 'suppressions'
    >
  >(
    {
      apiVersion: fc.constant('gitea-registry/v1'),
      kind: fc.constant('RegistryDeclaration'),
      host: arbitraryHost,
      sshDomain: arbitraryHostName,
      release: arbitraryRelease(flavor),
      tunnels: arbitraryTunnels,
      owners: arbitraryOwners,
      limits: arbitraryLimits(flavor),
      pullSecrets: arbitraryPullSecrets,
      config: fc.record(
        {
          added: fc.array(fc.record(arbitraryConfigKey, { noNullPrototype: true }), {
            maxLength: 3,
          }),
          reset: fc.array(
            fc.record(
              { ...arbitraryConfigKey, value: arbitraryIniValue },
              { noNullPrototype: true },
            ),
            { maxLength: 3 },
          ),
        },
        { noNullPrototype: true },
      ),
      handoff: fc.record(
        {
          verifiedImages: fc.array(
            partly<
              RegistryDeclaration['handoff']['verifiedImages'][number],
              'repository' | 'tag' | 'digest'
            >(
              { repository: arbitraryRepository, tag: arbitraryTag, digest: arbitraryDigest },
              { provenance: arbitraryRecord },
            ),
            { maxLength: 3 },
          ),
          references: fc.array(arbitraryRecord, { maxLength: 3 }),
        },
        { noNullPrototype: true },
      ),
    },
    {
      storage: partly<
        NonNullable<RegistryDeclaration['storage']>,
        'claim' | 'size' | 'accessMode' | 'path'
      >(
        {
          claim: arbitraryObjectName,
          size: fc.constantFrom('10Gi', '500M', '1', '3Ti'),
          accessMode: fc.constantFrom('ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'),
          path: arbitraryPath,
        },
        { storageClass: arbitraryObjectName },
      ),
      backup: arbitraryLine,
      suppressions: arbitrarySuppressions,
    },
  );
}

/** Any declaration that is one: each field by its grammar, and all of them fitting together. */
export const arbitraryDeclaration: fc.Arbitrary<RegistryDeclaration> = fc
  .oneof(arbitraryOf('gitea'), arbitraryOf('forgejo'))
  .filter(({ host, handoff }) =>
    handoff.verifiedImages.every(({ repository }) => !repository.startsWith(`${host}/`)),
  );

/** The smallest declaration. */
export const MINIMAL_DECLARATION: RegistryDeclaration = {
  apiVersion: 'gitea-registry/v1',
  kind: 'RegistryDeclaration',
  host: 'git.example.org',
  sshDomain: 'git.example.org',
  release: {
    flavor: 'gitea',
    name: 'gitea',
    namespace: 'default',
    chart: 'gitea-charts/gitea',
    chartVersion: '12.5.0',
    appVersion: '1.25.4',
    valuesFiles: [],
    httpService: { name: 'gitea-http', port: 3000, appPort: 3000 },
    liveConfig: {},
  },
  tunnels: [],
  owners: [],
  limits: { perType: { container: '-1' }, pushBudget: '1h' },
  pullSecrets: [],
  config: { added: [], reset: [] },
  handoff: { verifiedImages: [], references: [] },
};

/** A name of `length` characters that ends with `index`, so that each is another. */
function longName(length: number, index: number, separator = '.'): string {
  const end = `${index}`.padStart(3, '0');
  const text = Array.from({ length }, (_, position) => (position % 64 === 63 ? separator : 'z'));
  return (
    text
      .join('')
      .slice(0, length - end.length)
      .replace(/\W$/, 'z') + end
  );
}

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function longLabels(): { readonly [label: string]: string } {
  return Object.fromEntries(
    many(
      5,
      (index) => [`${longName(253, index)}/${longName(63, 0)}`, longName(63, index)] as const,
    ),
  );
}

function longPeer(index: number): {
  readonly namespace: string;
  readonly podLabels: { readonly [label: string]: string };
} {
  return { namespace: longName(63, index), podLabels: longLabels() };
}

function longRange(index: number): string {
  return `2001:0db8:ffff:ffff:ffff:ffff:ffff:${(0xff00 + index).toString(16)}/128`;
}

/**
 * The largest declaration there is: every list and text as long as allowed, in letters of three bytes where text is
 * free.
 */
export function maximalDeclaration(): RegistryDeclaration {
  const free = (length: number): string => '備'.repeat(length);
  const object = (index: number): string => longName(253, index);
  const host = `${longName(252, 0)}a`;
  const size = `${'0'.repeat(31)}1`;
  const version = `1.2.3-${'z'.repeat(122)}`;
  const section = (index: number): string => longName(100, index, '_');
  const key = longName(100, 0, '_').toUpperCase();
  const path = (index: number): string => longName(255, index, '/');
  const owner = (index: number): string => longName(40, index);
  return {
    apiVersion: 'gitea-registry/v1',
    kind: 'RegistryDeclaration',
    host: `${host}:65535`,
    uiHost: `${longName(252, 1)}a:65535`,
    uiPath: `/${longName(199, 1, '/')}`,
    uiServesRealm: true,
    cdnProxied: many(20, (index) => `${longName(252, index + 2)}a`),
    sshDomain: host,
    release: {
      flavor: 'forgejo',
      name: longName(53, 0),
      namespace: longName(63, 0),
      chart: longName(255, 0, '/'),
      chartVersion: `15.2.3-${'z'.repeat(121)}`,
      appVersion: version,
      valuesFiles: many(20, path),
      httpService: { name: longName(63, 0), port: 65535, appPort: 65535, nodePort: 65535 },
      liveConfig: Object.fromEntries(
        many(50, (index) => [`${section(index)}.${key}`, free(256)] as const),
      ),
    },
    delivery: {
      mode: 'flux',
      name: object(0),
      namespace: longName(63, 0),
      overlay: 'config-map',
      configMap: object(20),
      baseValues: many(20, (index) => ({
        kind: 'ConfigMap',
        name: object(index),
        key: longName(253, index),
        optional: false,
      })),
      chartRepository: `oci://${longName(249, 0, '/')}`,
    },
    route: {
      kind: 'traefik-ingress',
      name: object(0),
      ingressClassName: object(0),
      entryPoints: many(10, (index) => longName(63, index)),
      tls: {
        source: 'existing-secret',
        secretName: object(0),
        issuer: { name: object(0), kind: `K${'z'.repeat(62)}`, group: object(0) },
        producer: free(500),
        nodeTrust: free(500),
      },
    },
    networkPolicy: {
      name: object(0),
      podLabels: longLabels(),
      ingressController: longPeer(0),
      prometheus: longPeer(1),
      clients: many(20, longPeer),
      addresses: many(50, longRange),
      sshFrom: many(50, longRange),
    },
    tunnels: many(20, (index) => ({
      name: longName(63, index),
      url: `https://${longName(252, index)}a:65535`,
    })),
    owners: many(200, (index) => ({
      kind: 'organization' as const,
      name: owner(index),
      visibility: 'limited' as const,
      budget: size,
    })),
    // As many as there may be; together they may hold 90,000 characters, 149 of these 180 being owner, type, repository.
    links: many(500, (index) => ({
      owner: owner(index % 200),
      type: 'container',
      name: longName(31, index, '/'),
      repository: longName(100, index),
    })),
    limits: {
      perType: Object.fromEntries(
        (
          'alpine alt arch cargo chef composer conan conda container cran debian generic go helm maven npm nuget pub ' +
          'pypi rpm rubygems swift vagrant'
        )
          .split(' ')
          .map((type) => [type, size]),
      ),
      totalOwnerSize: size,
      totalOwnerCount: Number.MAX_SAFE_INTEGER,
      largestLayer: size,
      pushBudget: `${'0'.repeat(30)}1h`,
    },
    // As many as there may be, of their greatest total length.
    pullSecrets: many(500, (index) =>
      index < 5
        ? {
            id: longName(63, index),
            secretName: object(index),
            source: 'cluster-external-secret' as const,
            namespaceLabels: Object.fromEntries(
              many(5, (label) => [`${object(label)}/${'z'.repeat(63)}`, 'z'.repeat(63)] as const),
            ),
            namespaces: many(100, (other) => longName(63, other, '-')),
          }
        : {
            id: longName(63, index),
            namespace: longName(63, index),
            secretName: longName(23, index),
            source: 'sealed-secret' as const,
            file: longName(21, index, '/'),
            serviceAccount: { name: longName(23, index), create: false },
          },
    ),
    config: {
      added: many(200, (index) => ({ section: section(index), key })),
      reset: many(50, (index) => ({ section: section(index), key, value: free(256) })),
    },
    storage: {
      claim: object(0),
      size: `${'1'.repeat(30)}Gi`,
      accessMode: 'ReadWriteOncePod',
      storageClass: object(0),
      path: path(0),
    },
    objectStorage: {
      type: 's3',
      endpoint: `${longName(252, 2)}a:65535`,
      bucket: longName(63, 0),
      region: longName(63, 0, '-'),
      useSsl: false,
      basePath: `${longName(254, 0, '/')}/`,
      serveDirect: false,
      checksumAlgorithm: 'default',
      bucketLookup: 'auto',
      credentialsSecret: { name: longName(63, 100), hash: longName(128, 0), reloader: true },
    },
    configSources: many(20, (index) => ({
      kind: 'ConfigMap' as const,
      name: longName(63, index),
      hash: longName(128, index),
      reloader: true,
    })),
    replicas: {
      count: 1,
      redisSecret: { name: longName(63, 101), hash: longName(128, 1), reloader: true },
      fixedSecrets: true,
    },
    cleanup: {
      enabled: false,
      olderThan: `${'0'.repeat(30)}1h`,
      schedule: `${'10,'.repeat(30)}10 * * * *`,
      runAtStart: false,
    },
    backup: free(500),
    handoff: {
      verifiedImages: many(100, (index) => ({
        repository: `${owner(index)}/${longName(255, index, '/')}`,
        tag: longName(128, index),
        digest: `sha256:${'0'.repeat(64)}`,
        provenance: free(200),
      })),
      references: many(50, () => free(200)),
    },
    suppressions: many(20, () => ({
      code: 'REG999',
      object: 'x'.repeat(300),
      reason: free(200),
      until: '9999-12-31',
    })),
  };
}
