import { builtinModules } from 'node:module';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** The packages that have one home each, and those that the deterministic folders must do without. */
const HTTP_CLIENT = { name: 'undici', message: 'HTTP goes out through src/integrations.' };
const HTTP_SERVER = { name: 'express', message: 'HTTP comes in through src/api.' };
const IMPURE = [
  { name: 'zod', message: 'Parse at the edges: zod stays out of the workflow bundle.' },
  ...builtinModules.flatMap((name) =>
    [name, `node:${name}`].map((module) => ({ name: module, message: 'No I/O here: this runs inside workflows.' })),
  ),
];

const LOCAL_ACTIVITIES = {
  name: '@temporalio/workflow',
  importNames: ['proxyLocalActivities', 'scheduleLocalActivity'],
  message: 'Their replay can differ: docs/decisions/0024-no-local-activities.md.',
};

const banImports = (files, paths) => ({ files, rules: { 'no-restricted-imports': ['error', { paths }] } });

const READS_ENVIRONMENT = [
  'src/config.ts',
  'src/main.ts',
  'src/service.ts',
  'sandbox/*.ts',
  'sandbox/temporal-server/**',
  'sandbox/deployment/**',
  'prove/inside/**',
  'test/**',
  'bench/**',
];
const PRINTS = ['src/main.ts', 'sandbox/**', 'scripts/**', 'test/support/**', 'bench/**'];

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.data/', 'src/store/migrations/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,cts,mts}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      // Parts are objects of closures, made by factories: their methods use no `this`, and are handed around.
      '@typescript-eslint/unbound-method': 'off',
      // A function is async because its caller awaits it, whether or not this one has anything to wait for.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // jest's matchers (expect.any and the like) are typed `any`.
    files: ['test/**'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: ['**/*.cjs', '*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', module: 'writable', exports: 'writable', __dirname: 'readonly' },
    },
  },
  { rules: { 'no-console': 'error', eqeqeq: ['error', 'always', { null: 'ignore' }] } },
  { files: PRINTS, rules: { 'no-console': 'off' } },
  {
    files: ['src/**', 'sandbox/**', 'prove/**'],
    ignores: READS_ENVIRONMENT,
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'The environment is read once, by src/config.ts; take what you need as an argument.',
        },
      ],
    },
  },
  banImports(['src/**'], [HTTP_CLIENT, HTTP_SERVER]),
  banImports(['src/api/**'], [HTTP_CLIENT]),
  banImports(['src/integrations/**'], [HTTP_SERVER]),
  banImports(['src/claims/**', 'src/workflows/**'], [HTTP_CLIENT, HTTP_SERVER, LOCAL_ACTIVITIES, ...IMPURE]),
  prettier,
);
