import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The arrows between the rooms of src/: what each may import, beside itself. ARCHITECTURE.md draws them. */
const ARROWS = {
  declaration: [],
  delivery: ['declaration'],
  rules: ['declaration'],
  constructs: ['declaration', 'delivery', 'rules'],
  app: ['constructs', 'rules', 'declaration'],
  client: ['declaration'],
  cluster: ['declaration'],
  doctor: ['client', 'cluster', 'rules', 'declaration'],
  operate: ['client', 'cluster', 'rules', 'declaration'],
  review: ['cluster', 'rules', 'declaration'],
  cli: ['declaration', 'delivery', 'rules', 'client', 'cluster', 'doctor', 'operate', 'review'],
  testing: [],
};

/** Rooms that make manifests: no I/O, no clock, no YAML parser, and no cdk8s-plus at run time. */
const PURE = ['declaration', 'delivery', 'rules', 'constructs'];

/** Rooms that may load cdk8s. */
const WITH_CDK8S = ['constructs', 'app', 'testing'];

const PLUS_BY_TYPE_ONLY = {
  name: 'cdk8s-plus-28',
  message: 'import types only: loading it costs 100 ms, and users may have another version',
  allowTypeImports: true,
};

function restrictions(room) {
  const foreign = Object.keys(ARROWS).filter(
    (other) => other !== room && !ARROWS[room].includes(other),
  );
  return [
    {
      regex: `^(\\.\\./)+(${foreign.join('|')})(/|$)`,
      message: `${room} may import only from: ${ARROWS[room].join(', ') || 'itself'} (ARCHITECTURE.md)`,
    },
    ...(PURE.includes(room)
      ? [
          { regex: '^(node:|fs|path|os|child_process|http)', message: 'this room does no I/O' },
          { regex: '^yaml$', message: 'this room does not load yaml; cdk8s prints' },
        ]
      : []),
    ...(WITH_CDK8S.includes(room)
      ? []
      : [{ regex: '^(cdk8s|constructs)$', message: 'only the rooms of synth load cdk8s' }]),
  ];
}

export default tseslint.config(
  {
    ignores: ['lib/', 'out/', 'imports/', 'coverage/', '.synth/', 'node_modules/', '**/dist/'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.dev.json' } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-require-imports': 'off',
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['bin/*.js'],
    languageOptions: { globals: { require: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportAllDeclaration[source.value=/imports/]',
          message: 'generated types are never exported',
        },
      ],
    },
  },
  {
    files: PURE.map((room) => `src/${room}/**/*.ts`),
    rules: {
      'no-restricted-globals': ['error', 'Date', 'process', 'setTimeout', 'fetch', 'performance'],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  ...Object.keys(ARROWS).map((room) => ({
    files: [`src/${room}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [PLUS_BY_TYPE_ONLY], patterns: restrictions(room) },
      ],
    },
  })),
  {
    files: ['test/**/*.ts', 'examples/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },
);
