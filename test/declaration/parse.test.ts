import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { checked } from '../../src/declaration/checked';
import type { RegistryDeclaration } from '../../src/declaration/model';
import {
  asDeclaration,
  declarationProblems,
  parseDeclaration,
  printDeclaration,
  refuseIncoherent,
} from '../../src/declaration/parse';
import type { DeclarationError } from '../../src/declaration/problem';
import { escapeControls } from '../../src/declaration/problem';
import { ownerSchema } from '../../src/declaration/registry-schema';
import { anyText } from '../support/any-text';
import { arbitraryDeclaration, MINIMAL_DECLARATION } from '../support/arbitraries';
import { messageOf, thrown } from '../support/thrown';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/;

function copy(declaration: RegistryDeclaration): Json {
  return JSON.parse(JSON.stringify(declaration));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Every place in `value` where another value can stand. */
function places(value: Json): { in: Json[] | { [name: string]: Json }; at: string }[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const here = Object.keys(value).map((at) => ({ in: value, at }));
  return [...here, ...Object.values(value).flatMap((member: Json) => places(member))];
}

/** One of those places. */
function placeIn(document: Json, seed: number): ReturnType<typeof places>[number] {
  const all = places(document);
  return all[seed % all.length];
}

function put(place: { in: Json[] | { [name: string]: Json }; at: string }, value: Json): void {
  (place.in as { [name: string]: Json })[place.at] = value;
}

/** What `parseDeclaration` throws for `text`, or undefined. Anything but a DeclarationError fails the test. */
function refusal(text: string): DeclarationError | undefined {
  try {
    parseDeclaration(text);
    return undefined;
  } catch (error) {
    expect((error as Error).name).toBe('DeclarationError');
    return error as DeclarationError;
  }
}

/** One line a problem, each with its path in front and its code at the end. */
function expectReadable({ message, problems, code }: DeclarationError): void {
  const lines = message.split('\n');
  expect(message).not.toMatch(CONTROLS);
  expect(lines).toHaveLength(problems.length);
  expect(code).toBe(problems[0].code);
  const unreadable = lines.filter((line, index) => {
    const problem = problems[index];
    return !(
      problem.path !== '' &&
      [escapeControls(problem.path), '‹redacted›'].some((path) => line.startsWith(`${path} `)) &&
      line.endsWith(` (${problem.code})`) &&
      /^REG[1-9][0-9]{2}$/.test(problem.code)
    );
  });
  expect(unreadable).toEqual([]);
}

describe('reading what was printed', () => {
  it('gives the same declaration', () => {
    fc.assert(
      fc.property(arbitraryDeclaration, (declaration) => {
        expect(parseDeclaration(printDeclaration(declaration))).toStrictEqual(declaration);
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same text again', () => {
    fc.assert(
      fc.property(arbitraryDeclaration, (declaration) => {
        const text = printDeclaration(declaration);
        expect(printDeclaration(parseDeclaration(text))).toBe(text);
      }),
      { numRuns: 40 },
    );
  });
});

describe('printing', () => {
  function shuffled(value: Json, order: (name: string) => string): Json {
    if (Array.isArray(value)) {
      return value.map((entry) => shuffled(entry, order));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const names = Object.keys(value).sort((a, b) => (order(a) < order(b) ? -1 : 1));
    return Object.fromEntries(names.map((name) => [name, shuffled(value[name], order)]));
  }

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(arbitraryDeclaration, fc.nat(), (declaration, salt) => {
        const order = (name: string): string =>
          createHash('sha1').update(`${salt}${name}`).digest('hex');
        const other = shuffled(copy(declaration), order) as unknown as RegistryDeclaration;
        expect(printDeclaration(other)).toBe(printDeclaration(declaration));
        expect(JSON.stringify(asDeclaration(other))).toBe(
          JSON.stringify(asDeclaration(declaration)),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('follows the model, two blanks a level, and ends with a line break', () => {
    const text = printDeclaration(MINIMAL_DECLARATION);
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(Object.keys(JSON.parse(text))).toEqual([
      ...['apiVersion', 'kind', 'host', 'sshDomain', 'release', 'tunnels', 'owners', 'limits'],
      ...['pullSecrets', 'config', 'handoff'],
    ]);
    expect(
      text.startsWith('{\n  "apiVersion": "gitea-registry/v1",\n  "kind": "RegistryDeclaration",'),
    ).toBe(true);
  });

  it('sorts maps and keeps the order of lists', () => {
    const liveConfig = { 'server.ROOT_URL': 'b', 'packages.ENABLED': 'true', 'server.DOMAIN': 'a' };
    const valuesFiles = ['z.yaml', 'a.yaml'];
    const { release } = JSON.parse(
      printDeclaration({
        ...MINIMAL_DECLARATION,
        release: { ...MINIMAL_DECLARATION.release, liveConfig, valuesFiles },
      }),
    );
    expect(Object.keys(release.liveConfig)).toEqual([
      'packages.ENABLED',
      'server.DOMAIN',
      'server.ROOT_URL',
    ]);
    expect(release.valuesFiles).toEqual(valuesFiles);
  });

  it('leaves out what is undefined, as JSON does', () => {
    expect(printDeclaration({ ...MINIMAL_DECLARATION, backup: undefined })).toBe(
      printDeclaration(MINIMAL_DECLARATION),
    );
  });
});

describe('what is no declaration', () => {
  it('is refused readably, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (text) => {
        const error = refusal(text);
        expect(error).toBeDefined();
        expectReadable(error!);
      }),
      { numRuns: 150 },
    );
  });

  it('is refused with one fixed sentence when it is not JSON: a parser would quote it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), anyText()), (text) => {
        fc.pre(!isJson(text));
        expect(messageOf(() => parseDeclaration(text))).toBe(
          'the declaration is not JSON (REG660)',
        );
      }),
      { numRuns: 250 },
    );
    for (const text of ['', '{"token": hunter2}', 'password: hunter2', '{"a":1}}', '\ufeff{}']) {
      expect(messageOf(() => parseDeclaration(text))).toBe('the declaration is not JSON (REG660)');
    }
  });

  it('is refused readably, or is fine, when anything stands where something else belongs', () => {
    fc.assert(
      fc.property(
        arbitraryDeclaration,
        fc.nat(),
        fc.jsonValue({ maxDepth: 2 }),
        (declaration, seed, value) => {
          const document = copy(declaration);
          put(placeIn(document, seed), value as Json);
          const error = refusal(JSON.stringify(document));
          if (error) {
            expectReadable(error);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is refused readably when a field is missing, and names the field', () => {
    fc.assert(
      fc.property(arbitraryDeclaration, fc.nat(), (declaration, seed) => {
        const document = copy(declaration);
        const all = places(document).filter((place) => !Array.isArray(place.in));
        const { in: parent, at } = all[seed % all.length];
        delete (parent as { [name: string]: Json })[at];
        const error = refusal(JSON.stringify(document));
        if (error) {
          expectReadable(error);
          // Labels of a selection are names of the user's own; a TLS secret without issuer has no producer.
          expect(error.message).toMatch(
            error.message.includes(at) ? at : /selects no|is empty|\(REG550\)/,
          );
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is refused in a moment, however long it is', () => {
    for (const host of [
      'a'.repeat(1_000_000),
      'eyJ'.repeat(300_000),
      '1.'.repeat(500_000),
      '-'.repeat(1_000_000),
    ]) {
      const message = messageOf(() =>
        parseDeclaration(JSON.stringify({ ...MINIMAL_DECLARATION, host })),
      );
      expect(message).toMatch(/^host '.{120}…' must be a host name .* \(REG111\)$/);
    }
    expect(messageOf(() => parseDeclaration('['.repeat(100_000)))).toContain('is not JSON');
  }, 5000);

  it('has all its problems told at once, in document order', () => {
    const release = { ...MINIMAL_DECLARATION.release, chartVersion: '^12', name: 'Gitea' };
    const document = { ...MINIMAL_DECLARATION, host: 'GIT', release, extra: 1, owners: 'none' };
    expect(declarationProblems(document).map(({ path }) => path)).toEqual([
      'host',
      'release.name',
      'release.chartVersion',
      'owners',
      'extra',
    ]);
  });
});

describe('a credential', () => {
  interface Canary {
    readonly text: string;
    readonly secret: string;
    readonly revision: boolean;
  }

  /** Credentials of every shape, each between other characters; no two runs share a letter sequence. */
  const arbitraryCanary: fc.Arbitrary<Canary> = fc
    .record({
      seed: fc.nat(),
      shape: fc.constantFrom('token', 'jwt', 'url', 'password', 'variable', 'header', 'forge'),
      before: fc.constantFrom(
        '',
        ' ',
        '-',
        '_',
        '.',
        '/',
        '\n',
        '\b',
        '\f',
        '\u0001',
        '"',
        "'",
        'é',
        '.'.repeat(115),
        'z '.repeat(300),
      ),
      after: fc.constantFrom('', ' ', '-', '.', '\n', '\u0007', '"', ' and more', 'z'.repeat(200)),
    })
    .map(({ seed, shape, before, after }) => {
      const hash = createHash('sha512').update(`${seed}`).digest();
      const hex = hash.subarray(0, 20).toString('hex');
      const word = hash.subarray(0, 30).toString('base64url').replace(/[-_]/g, 'X');
      const jwt = `eyJ${word}.eyJ${word.slice(9)}.${word.slice(5)}`;
      const shapes: Record<string, [text: string, secret: string]> = {
        token: [hex, hex],
        jwt: [jwt, jwt],
        url: [`https://bot:${word}@git.example.org/`, word],
        password: [`password=${word}`, word],
        variable: [`DB_PASSWORD: ${word}`, word],
        header: [`Bearer ${word}`, word],
        forge: [`ghp_${word}`, word],
      };
      const [text, secret] = shapes[shape];
      return { text: before + text + after, secret, revision: shape === 'token' };
    });

  /** Ways to hide a text in a document. */
  const PLANTS: readonly ((document: Json, seed: number, text: string) => void)[] = [
    (document, seed, text) => put(placeIn(document, seed), text),
    (document, seed, text) => put(placeIn(document, seed), { [text]: text }),
    (document, seed, text) => put(placeIn(document, seed), [[text], text]),
    (document, seed, text) => put(objectAt(document, seed, text), true),
    (document, seed, text) => put(objectAt(document, seed, text), text),
    (document, seed, text) => put(objectAt(document, seed, 'note'), text),
    (document, seed, text) =>
      put(objectAt(document, seed, 'liveConfig'), { [text]: text, [`a.X_${text}`]: 1 }),
    (document, seed, text) => {
      const { in: parent, at } = placeIn(document, seed);
      if (!Array.isArray(parent)) {
        parent[text] = parent[at];
        delete parent[at];
      }
    },
  ];

  function objectAt(
    document: Json,
    seed: number,
    at: string,
  ): { in: { [name: string]: Json }; at: string } {
    const objects = [
      document,
      ...places(document).map((place) => (place.in as { [name: string]: Json })[place.at]),
    ].filter(
      (value): value is { [name: string]: Json } =>
        typeof value === 'object' && value !== null && !Array.isArray(value),
    );
    return { in: objects[seed % objects.length], at };
  }

  function expectSilence(text: string, { secret }: Canary): void {
    const half = Math.floor(secret.length / 2);
    const parts = [secret, secret.slice(0, half), secret.slice(half)];
    expect(parts.some((part) => text.includes(part))).toBe(false);
  }

  it('is never shown, wherever it stands and whatever else is wrong, and a declaration with one is refused', () => {
    const plants = fc.array(fc.tuple(fc.constantFrom(...PLANTS), fc.nat()), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(arbitraryDeclaration, arbitraryCanary, plants, (declaration, canary, planted) => {
        const document = copy(declaration);
        for (const [plant, seed] of planted) {
          plant(document, seed, canary.text);
        }
        const text = JSON.stringify(document);
        const error = refusal(text);
        if (error) {
          expectReadable(error);
          expectSilence(`${error.message}\n${error.stack}\n${inspect(error)}`, canary);
          return;
        }
        // A token has the form of a revision; it may stand where a revision belongs and nowhere else.
        expect(canary.revision || !text.includes(canary.secret)).toBe(true);
        const images = declaration.handoff.verifiedImages;
        const { handoff, ...rest } = parseDeclaration(text);
        expectSilence(
          JSON.stringify([
            rest,
            handoff.verifiedImages.map(({ tag: _tag, provenance: _record, ...image }) => image),
          ]),
          canary,
        );
        expect(handoff.verifiedImages).toHaveLength(images.length);
      }),
      { numRuns: 300 },
    );
  });

  it('is never shown from a text that is not JSON', () => {
    fc.assert(
      fc.property(
        arbitraryCanary,
        fc.constantFrom('}', '{', '{"a":', '["', '{"host":"'),
        (canary, before) => {
          const error = refusal(before + canary.text);
          expect(error?.message).toBe('the declaration is not JSON (REG660)');
          expectSilence(`${error!.stack}${inspect(error)}`, canary);
        },
      ),
    );
  });

  it.each([
    ' hunter2',
    'hunter2 ',
    '"hunter2"',
    'hunter2\n',
    `hunter2${'x'.repeat(600)}`,
    20202020,
  ])('is not shown when only its key tells that it is one: %j', (value) => {
    const message = messageOf(() =>
      parseDeclaration(
        JSON.stringify({
          ...MINIMAL_DECLARATION,
          release: { ...MINIMAL_DECLARATION.release, liveConfig: { 'database.PASSWD': value } },
          config: { added: [], reset: [{ section: 'security', key: 'SECRET_KEY', value }] },
        }),
      ),
    );
    expect(message).not.toMatch(/hunter|2020/);
    expect(message.split('\n').map((line) => line.split(' must ')[0])).toEqual([
      'release.liveConfig.database.PASSWD',
      'config.reset[0].value',
    ]);
  });
});

describe('asDeclaration', () => {
  it('takes a value that is one and leaves it as it was', () => {
    const before = JSON.stringify(MINIMAL_DECLARATION);
    expect(asDeclaration(MINIMAL_DECLARATION)).toStrictEqual(MINIMAL_DECLARATION);
    expect(JSON.stringify(MINIMAL_DECLARATION)).toBe(before);
  });

  it.each([null, 'text', 5, [], undefined])('refuses %j', (value) => {
    expect(messageOf(() => asDeclaration(value))).toMatch(
      /^the declaration( null| 'text'| 5| a list)? (is missing: it )?must be an object \(REG660\)$/,
    );
  });

  it('refuses parts that do not fit together, once each fits its grammar', () => {
    const limits = { perType: { npm: '-1' }, pushBudget: '1h' };
    expect(thrown(() => asDeclaration({ ...MINIMAL_DECLARATION, limits }))).toMatchObject({
      code: 'REG460',
    });
    expect(declarationProblems({ ...MINIMAL_DECLARATION, limits, host: 'GIT' })).toHaveLength(1);
  });
});

describe('refuseIncoherent', () => {
  it('says nothing of parts that fit together', () => {
    expect(() => refuseIncoherent(MINIMAL_DECLARATION)).not.toThrow();
  });

  it('names every part that does not fit', () => {
    const tunnels = [{ name: 'ingress', url: 'http://10.0.0.1' }];
    const limits = { perType: {}, pushBudget: '1h' };
    expect(
      messageOf(() => refuseIncoherent({ ...MINIMAL_DECLARATION, tunnels, limits })).split('\n'),
    ).toHaveLength(2);
  });
});

describe('checked', () => {
  const owner = { visibility: 'public', name: 'coulomb', kind: 'organization' };

  it('gives one part of the declaration in canonical order', () => {
    expect(JSON.stringify(checked(ownerSchema, owner, 'owner'))).toBe(
      '{"kind":"organization","name":"coulomb","visibility":"public"}',
    );
  });

  it('names the place its caller knows', () => {
    expect(messageOf(() => checked(ownerSchema, { ...owner, kind: 'team' }, 'owners[3]'))).toBe(
      "owners[3].kind 'team' must be 'organization' or 'user' (REG660)",
    );
  });
});
