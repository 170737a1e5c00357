import fc from 'fast-check';
import { challengesOf, parseChallenges } from '../../../src/client/oci/challenge';
import { anyText } from '../../support/any-text';

function plain(headers: readonly string[]) {
  return parseChallenges(headers).map(({ scheme, token68, parameters }) => ({
    scheme,
    ...(token68 !== undefined && { token68 }),
    ...Object.fromEntries(parameters),
  }));
}

it("reads Gitea's challenge", () => {
  expect(
    plain(['Bearer realm="http://h:3000/v2/token",service="container_registry",scope="*"']),
  ).toEqual([
    {
      scheme: 'bearer',
      realm: 'http://h:3000/v2/token',
      service: 'container_registry',
      scope: '*',
    },
  ]);
});

it('parts challenges that one header joins with commas', () => {
  expect(
    plain([
      'Newauth realm="apps, and more", type=1, title="Login to \\"apps\\"", Negotiate, Basic realm="simple"',
    ]),
  ).toEqual([
    { scheme: 'newauth', realm: 'apps, and more', type: '1', title: 'Login to "apps"' },
    { scheme: 'negotiate' },
    { scheme: 'basic', realm: 'simple' },
  ]);
});

it('keeps a token68 apart from parameters', () => {
  expect(plain(['Negotiate YII+/=='])).toEqual([{ scheme: 'negotiate', token68: 'YII+/==' }]);
  expect(plain(['NTLM TlRMTVNT, Bearer realm="https://h/t"'])).toEqual([
    { scheme: 'ntlm', token68: 'TlRMTVNT' },
    { scheme: 'bearer', realm: 'https://h/t' },
  ]);
});

it('takes spaces around the equals sign, other case and empty list elements', () => {
  expect(plain([', ,BEARER Realm = "https://h/t" ,, Service=x'])).toEqual([
    { scheme: 'bearer', realm: 'https://h/t', service: 'x' },
  ]);
});

it('reads a list of schemes that a proxy appended as the one realm it is', () => {
  expect(plain(['Bearer realm="https, http://h/v2/token",service="s"'])).toEqual([
    { scheme: 'bearer', realm: 'https, http://h/v2/token', service: 's' },
  ]);
});

it('never makes a URL of a value with a stray quote, and reads on behind it', () => {
  expect(plain(['Bearer realm="x"y://h/v2/token",service="s",scope="*"'])).toEqual([
    { scheme: 'bearer', realm: '"x"y://h/v2/token"', service: 's', scope: '*' },
  ]);
  expect(plain(['Bearer realm="https://h/v2/token'])).toEqual([
    { scheme: 'bearer', realm: '"https://h/v2/token' },
  ]);
  expect(plain(['Bearer realm=https://h/"v2/token, service="s"'])).toEqual([
    { scheme: 'bearer', realm: '"https://h/"v2/token', service: 's' },
  ]);
});

it('takes the first of two parameters of one name', () => {
  expect(plain(['Bearer realm="https://h/t",realm="https://evil/t"'])).toEqual([
    { scheme: 'bearer', realm: 'https://h/t' },
  ]);
});

it('reads each header on its own', () => {
  const rawHeaders = [
    'Date',
    'Www-Authenticate',
    'WWW-Authenticate',
    'Bearer realm="broken',
    'www-authenticate',
    'Basic realm="Gitea Container Registry"',
  ];
  expect(challengesOf({ rawHeaders }).map(({ scheme }) => scheme)).toEqual(['bearer', 'basic']);
});

const token = fc.string({
  unit: fc.constantFrom(...'abcXYZ019-_.!#$'),
  minLength: 1,
  maxLength: 12,
});
const challenge = fc.record({
  scheme: token,
  parameters: fc.uniqueArray(fc.tuple(token, fc.string({ unit: 'grapheme-ascii' })), {
    selector: ([name]) => name.toLowerCase(),
    minLength: 1,
    maxLength: 4,
  }),
});

function printed({ scheme, parameters }: { scheme: string; parameters: [string, string][] }) {
  const list = parameters.map(
    ([name, value]) => `${name}="${value.replace(/["\\]/g, (letter) => `\\${letter}`)}"`,
  );
  return `${scheme} ${list.join(', ')}`;
}

it('reads back every challenge it is given, in one header or in several', () => {
  fc.assert(
    fc.property(fc.array(challenge, { maxLength: 4 }), (challenges) => {
      const expected = challenges.map(({ scheme, parameters }) => ({
        scheme: scheme.toLowerCase(),
        parameters: new Map(parameters.map(([name, value]) => [name.toLowerCase(), value])),
      }));
      const headers = challenges.map(printed);
      expect(parseChallenges(headers)).toEqual(expected);
      expect(parseChallenges([headers.join(', ')])).toEqual(expected);
    }),
  );
});

it('throws at nothing, and makes no URL of what holds a quote', () => {
  const junk = fc.string({
    unit: fc.constantFrom(...'aB1=", \t:/', 'Bearer ', 'realm=', 'https://h/', '"'),
    maxLength: 60,
  });
  fc.assert(
    fc.property(junk, (header) => {
      const values = parseChallenges([header]).flatMap(({ parameters }) => [
        ...parameters.values(),
      ]);
      expect(values.filter((value) => URL.canParse(value) && value.includes('"'))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
  fc.assert(fc.property(anyText(), (header) => void parseChallenges([header])));
});

it('takes a time in proportion to a header without an end', () => {
  const long = `Bearer ${'realm="a",x="'.repeat(20_000)}`;
  expect(parseChallenges([long])).toHaveLength(1);
});
