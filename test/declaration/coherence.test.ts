import fc from 'fast-check';
import { coherenceProblems } from '../../src/declaration/coherence';
import type {
  OwnerDeclaration,
  RegistryDeclaration,
  TlsDeclaration,
} from '../../src/declaration/model';
import { describeProblem } from '../../src/declaration/problem';
import { arbitraryDeclaration, MINIMAL_DECLARATION } from '../support/arbitraries';

/** The sentences about the smallest declaration with these fields instead of its own. */
function sentences(change: Partial<RegistryDeclaration>): string[] {
  return coherenceProblems({ ...MINIMAL_DECLARATION, ...change }).map(describeProblem);
}

it('finds nothing in a declaration whose parts fit together', () => {
  fc.assert(
    fc.property(arbitraryDeclaration, (declaration) =>
      expect(coherenceProblems(declaration)).toEqual([]),
    ),
    { numRuns: 60 },
  );
});

describe('owners', () => {
  const owner = (name: string): OwnerDeclaration => ({
    kind: 'organization',
    name,
    visibility: 'public',
  });

  it('are declared once each, whatever the case of their names', () => {
    expect(sentences({ owners: [owner('coulomb'), owner('mosaic'), owner('Coulomb')] })).toEqual([
      "owners[2].name 'Coulomb' is declared twice: Gitea ignores the case of names; declare each owner once (REG320)",
    ]);
  });

  it('are all named when one is declared three times', () => {
    expect(sentences({ owners: [owner('a'), owner('A'), owner('a')] })).toHaveLength(2);
  });
});

describe('pull secrets', () => {
  const secret = (id: string, namespace: string, secretName: string) =>
    ({ id, namespace, secretName, source: 'existing' }) as const;

  it('have an id each', () => {
    expect(
      sentences({ pullSecrets: [secret('Hub', 'a', 'pull'), secret('Hub', 'b', 'pull')] }),
    ).toEqual(["pullSecrets[1].id 'Hub' is used twice; give each pull secret its own id (REG660)"]);
  });

  it('have one producer in a namespace, and may share a name across namespaces', () => {
    const pullSecrets = [
      secret('A', 'a', 'pull'),
      secret('B', 'b', 'pull'),
      secret('C', 'a', 'pull'),
    ];
    expect(sentences({ pullSecrets })).toEqual([
      "pullSecrets[2].secretName 'pull' is declared twice in namespace 'a'; one producer makes one secret (REG540)",
    ]);
    expect(sentences({ pullSecrets: pullSecrets.slice(0, 2) })).toEqual([]);
  });
});

describe('pull secrets of many namespaces and copies', () => {
  const clusterWide = (id: string, secretName: string, namespaces: string[] = []) =>
    ({
      id,
      secretName,
      source: 'cluster-external-secret',
      namespaceLabels: { 'registry-pull': 'git' },
      ...(namespaces.length > 0 && { namespaces }),
    }) as const;
  const existing = (id: string, namespace: string) =>
    ({ id, namespace, secretName: 'pull', source: 'existing' }) as const;
  const copy = (id: string, namespace: string, fromNamespace: string) =>
    ({
      id,
      namespace,
      secretName: 'pull',
      source: 'reflected',
      fromNamespace,
      by: 'reflector',
    }) as const;

  it('have one producer in each namespace they name, and one altogether', () => {
    const wide = clusterWide('Wide', 'pull', ['a', 'b', 'b']);
    expect(sentences({ pullSecrets: [wide, existing('C', 'c')] })).toEqual([]);
    expect(sentences({ pullSecrets: [wide, existing('B', 'b')] })).toEqual([
      "pullSecrets[1].secretName 'pull' is declared twice in namespace 'b'; one producer makes one secret (REG540)",
    ]);
    expect(
      sentences({ pullSecrets: [clusterWide('A', 'pull'), clusterWide('B', 'pull')] }),
    ).toEqual([
      "pullSecrets[1].secretName 'pull' is declared twice in every namespace; one producer makes one secret (REG540)",
    ]);
    expect(
      sentences({ pullSecrets: [clusterWide('A', 'pull'), clusterWide('B', 'push')] }),
    ).toEqual([]);
  });

  it('select something', () => {
    const nothing = { id: 'A', secretName: 'pull', source: 'cluster-external-secret' } as const;
    expect(sentences({ pullSecrets: [nothing] })).toEqual([
      'pullSecrets[0].namespaces selects no namespace: name some, or a label they have in namespaceLabels (REG545)',
    ]);
    expect(sentences({ pullSecrets: [{ ...nothing, namespaces: ['a'] }] })).toEqual([]);
  });

  it('are few, as one serves many namespaces', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => clusterWide(`A${index}`, `pull-${index}`));
    expect(sentences({ pullSecrets: many(5) })).toEqual([]);
    expect(sentences({ pullSecrets: many(6) })).toEqual([
      'pullSecrets hold 6 cluster-wide ones; at most 5 are allowed: one serves every namespace with its label (REG660)',
    ]);
  });

  it('are copied from another namespace, and from no copy', () => {
    expect(sentences({ pullSecrets: [existing('A', 'a'), copy('B', 'b', 'a')] })).toEqual([]);
    expect(sentences({ pullSecrets: [copy('B', 'b', 'unknown')] })).toEqual([]);
    expect(sentences({ pullSecrets: [copy('A', 'a', 'a')] })).toEqual([
      "pullSecrets[0].fromNamespace 'a' is the namespace of the copy: name the Secret itself with PullSecret.fromSecretName (REG540)",
    ]);
    expect(sentences({ pullSecrets: [copy('B', 'b', 'a'), copy('C', 'c', 'b')] })).toEqual([
      "pullSecrets[1].fromNamespace 'b' holds a copy: name the namespace of the Secret it is made of (REG540)",
    ]);
    expect(
      sentences({ pullSecrets: [clusterWide('Wide', 'pull', ['a']), copy('B', 'b', 'a')] }),
    ).toEqual([
      "pullSecrets[1].fromNamespace 'a' holds one of many Secrets of a ClusterExternalSecret: let that one select this namespace (REG540)",
    ]);
  });
});

describe('ServiceAccounts of pull secrets', () => {
  const secret = (id: string, namespace: string, name: string, create: boolean) =>
    ({
      id,
      namespace,
      secretName: id.toLowerCase(),
      source: 'existing',
      serviceAccount: { name, create },
    }) as const;

  it('are created once in a namespace', () => {
    const pullSecrets = [secret('A', 'a', 'bot', true), secret('B', 'a', 'bot', true)];
    expect(sentences({ pullSecrets })).toEqual([
      "pullSecrets[1].serviceAccount.name 'bot' is created twice in namespace 'a'; give each pull secret its own ServiceAccount (REG541)",
    ]);
  });

  it('may share a name across namespaces, and may be patched as often as wanted', () => {
    const pullSecrets = [
      secret('A', 'a', 'bot', true),
      secret('B', 'b', 'bot', true),
      secret('C', 'c', 'bot', false),
      secret('D', 'c', 'bot', false),
      { ...secret('E', 'c', 'bot', false), serviceAccount: undefined },
    ];
    expect(sentences({ pullSecrets })).toEqual([]);
  });
});

describe('limits', () => {
  const limits = (perType: Record<string, string>) => ({ limits: { perType, pushBudget: '1h' } });

  it('are of package types the product knows', () => {
    const [said, ...more] = sentences(limits({ container: '-1', alt: '5 GiB' }));
    expect(said).toMatch(
      /^limits\.perType\.alt is not a package type of gitea; known: alpine, arch, .*container.*vagrant \(REG460\)$/,
    );
    expect(more).toEqual([]);
    const release = { ...MINIMAL_DECLARATION.release, flavor: 'forgejo' as const };
    expect(sentences({ ...limits({ container: '-1', alt: '5 GiB' }), release })).toEqual([]);
    expect(sentences(limits({ container: '-1', constructor: '1' }))).toHaveLength(1);
  });

  it('say something about containers', () => {
    expect(sentences(limits({ npm: '5 GiB' }))).toEqual([
      "limits.perType.container is missing: write '-1' for unlimited (REG460)",
    ]);
  });
});

describe('the TLS secret of the route', () => {
  const issuer = { name: 'letsencrypt', kind: 'ClusterIssuer', group: 'cert-manager.io' };
  const route = (tls: Omit<TlsDeclaration, 'secretName'>): Partial<RegistryDeclaration> => ({
    route: {
      kind: 'traefik-ingress',
      name: 'gitea-registry-v2',
      ingressClassName: 'traefik',
      entryPoints: ['websecure'],
      tls: { secretName: 'gitea-tls', ...tls },
    },
  });

  it.each(['certificate', 'ingress-shim'] as const)(
    'needs an issuer when it comes from %s',
    (source) => {
      expect(sentences(route({ source, producer: 'somebody' }))).toEqual([
        "route.tls.secretName 'gitea-tls' has no producer: name the issuer that signs its certificate (REG550)",
      ]);
      expect(sentences(route({ source, issuer }))).toEqual([]);
    },
  );

  it('needs a producer when it exists already', () => {
    expect(sentences(route({ source: 'existing-secret', issuer }))).toEqual([
      "route.tls.secretName 'gitea-tls' has no producer: say who makes the secret, or ask cert-manager for a certificate (REG550)",
    ]);
    expect(sentences(route({ source: 'existing-secret', producer: 'the mesh' }))).toEqual([]);
  });
});

describe('tunnels', () => {
  it.each(['ingress', 'service', 'nodePort'])('are not called %s', (name) => {
    const tunnels = [
      { name: 'vpn', url: 'http://10.0.0.1' },
      { name, url: 'http://10.0.0.2' },
    ];
    expect(sentences({ tunnels })).toEqual([
      `tunnels[1].name '${name}' is taken: each access path has its own name, beside 'ingress', 'service' and 'nodePort' (REG660)`,
    ]);
  });

  it('have a name each', () => {
    const tunnels = [
      { name: 'vpn', url: 'http://10.0.0.1' },
      { name: 'vpn', url: 'http://10.0.0.2' },
    ];
    expect(sentences({ tunnels })).toHaveLength(1);
    expect(sentences({ tunnels: tunnels.slice(1) })).toEqual([]);
  });
});

describe('values of app.ini', () => {
  const SAID = 'holds a secret: it stays in a Secret and out of the declaration (REG544)';

  it('never stand beside the key of a secret, and are not shown', () => {
    const liveConfig = {
      'server.ROOT_URL': 'https://git.example.org/',
      'queue.issue_indexer.CONN_STR': 'leveldb',
      'database.PASSWD': 'hunter2',
    };
    const reset = [
      { section: 'packages', key: 'ENABLED', value: 'true' },
      { section: 'security', key: 'SECRET_KEY', value: 'hunter2' },
    ];
    expect(
      sentences({
        release: { ...MINIMAL_DECLARATION.release, liveConfig },
        config: { added: [{ section: 'mailer', key: 'PASSWD' }], reset },
      }),
    ).toEqual([
      `release.liveConfig.queue.issue_indexer.CONN_STR ${SAID}`,
      `release.liveConfig.database.PASSWD ${SAID}`,
      `config.reset[1] ${SAID}`,
    ]);
  });
});

describe('values of sections with keys of anyone', () => {
  it('never carry an Authorization header, and are not shown', () => {
    const header = 'Authorization: hunter2';
    const liveConfig = { 'git.config.HEADER': header, 'mailer.override_header.X': header };
    const reset = [
      { section: 'git.config', key: 'HEADER', value: header },
      { section: 'server', key: 'LANDING_PAGE', value: header },
    ];
    const said = sentences({
      release: { ...MINIMAL_DECLARATION.release, liveConfig },
      config: { added: [], reset },
    });
    expect(said.map((sentence) => sentence.split(' holds a secret')[0])).toEqual([
      'release.liveConfig.git.config.HEADER',
      'release.liveConfig.mailer.override_header.X',
      'config.reset[0]',
    ]);
    expect(said.join()).not.toContain('hunter');
  });
});

describe('verified images', () => {
  const image = (repository: string) => ({
    verifiedImages: [
      { repository: 'coulomb/a', tag: '1', digest: 'x' },
      { repository, tag: '1', digest: 'x' },
    ],
    references: [],
  });

  it('are named without the host, which an owner with a dot would look like', () => {
    expect(sentences({ handoff: image('git.example.org/state-hub') })).toEqual([
      "handoff.verifiedImages[1].repository 'git.example.org/state-hub' must be 'owner/image' without the host, which is declared once (REG470)",
    ]);
    expect(sentences({ handoff: image('git.example.organization/state-hub') })).toEqual([]);
    expect(sentences({ handoff: image('coulomb/git.example.org/state-hub') })).toEqual([]);
  });
});

it('names every problem of a declaration at once', () => {
  const codes = coherenceProblems({
    ...MINIMAL_DECLARATION,
    owners: [
      { kind: 'user', name: 'a', visibility: 'public' },
      { kind: 'user', name: 'A', visibility: 'private' },
    ],
    limits: { perType: {}, pushBudget: '1h' },
    tunnels: [{ name: 'ingress', url: 'http://10.0.0.1' }],
    config: { added: [], reset: [{ section: 'oauth2', key: 'JWT_SECRET', value: 'x' }] },
  }).map(({ code }) => code);
  expect(codes).toEqual(['REG320', 'REG460', 'REG660', 'REG544']);
});

it('refuses a live value that carries a credential under a key anybody may name', () => {
  const { release } = MINIMAL_DECLARATION;
  const liveConfig = { 'git.config.HTTP': 'Authorization: abc' };
  expect(sentences({ release: { ...release, liveConfig } })).toEqual([
    'release.liveConfig.git.config.HTTP holds a secret: it stays in a Secret and out of the declaration (REG544)',
  ]);
});
