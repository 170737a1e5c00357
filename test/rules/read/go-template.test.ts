import fc from 'fast-check';
import { jsonTemplate, literalsOf, WRITTEN } from '../../../src/rules/read/go-template';

const W = WRITTEN;

describe('the outline of a template', () => {
  test.each<[string, string | undefined]>([
    ['{"a":1}', '{"a":1}'],
    ['{"a":"{{ .b }}"}', `{"a":"${W}"}`],
    ['{"a":{{ .b }}}', `{"a":"${W}"}`],
    ['{"a\\"":{{ .b }}}', `{"a\\"":"${W}"}`],
    ['{"a\\\\":"{{ .b }}"}', `{"a\\\\":"${W}"}`],
    ['{{- $b := .b -}}{"a":"{{ $b }}"}', `{"a":"${W}"}`],
    ['{{ $b = .b }}{"a":1}', '{"a":1}'],
    ['{{/* note */}}{"a":1}', '{"a":1}'],
    ['{{ .a }}', undefined],
    [' {{ .a }} {{ .b }} ', undefined],
    ['{"a":{{ if .b }}1{{ else }}2{{ end }}}', undefined],
    ['{{ range .a }}{"a":1}{{ end }}', undefined],
    ['{"a":"{{ .iffy }}"}', `{"a":"${W}"}`],
    ['{"a":"{{ .b"}', '{"a":"{{ .b"}'],
    ['{"a":"}}"}', '{"a":"}}"}'],
    ['', undefined],
  ])('%j: %j', (template, outline) => {
    expect(jsonTemplate(template).outline).toBe(outline);
  });

  test('knows which actions stand inside quotes', () => {
    expect(jsonTemplate('{"a":"{{- .b -}}","c":{{ .d | toJson }}}').actions).toEqual([
      { text: '.b', quoted: true },
      { text: '.d | toJson', quoted: false },
    ]);
  });

  test('is text without an action where there is none', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes('{{') && text.trim() !== '');
        expect(jsonTemplate(text)).toEqual({ actions: [], outline: text });
      }),
    );
  });

  test('is JSON again where every value of JSON is an action', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.constantFrom('{{ .a }}', '{{ .b | trim }}')),
        (map) => {
          const { outline } = jsonTemplate(JSON.stringify(map));
          const expected = Object.keys(map).map((key) => [key, W]);
          fc.pre(!Object.keys(map).some((key) => key.includes('{{')));
          expect(Object.entries(JSON.parse(outline!) as object)).toEqual(expected);
        },
      ),
    );
  });

  test('takes time in proportion to braces without end', () => {
    expect(jsonTemplate('{{'.repeat(100_000)).actions).toEqual([]);
    expect(jsonTemplate('{{}}'.repeat(100_000)).actions).toHaveLength(25_000);
  });
});

describe('the texts in an action', () => {
  test.each<[string, string[]]>([
    ['dict "auths" (dict "git.example.org" .a)', ['auths', 'git.example.org']],
    ['printf `%s:%s` .a', ['%s:%s']],
    ['printf "a\\"b" .a', ['a\\"b']],
    ['"" | quote', ['']],
    ['.a', []],
    ['"open', []],
  ])('%j: %j', (action, texts) => {
    expect(literalsOf(action)).toEqual(texts);
  });

  test('are not looked for in an action without end', () => {
    expect(literalsOf(`"a" ${'x'.repeat(2_000)}`)).toEqual([]);
    expect(literalsOf(`"a" ${'x'.repeat(1_996)}`)).toEqual(['a']);
  });
});
