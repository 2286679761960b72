/**
 * What oxlint cannot see: .vue templates, the import table, sizes. Everything else is oxlint's
 * (.oxlintrc.json), which is faster. tests/meta/lint.test.ts proves that each rule here bites.
 */
import pluginVue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';
import { bansFor, folders } from './scripts/import-table.mjs';

/** Limits of the house: a file that outgrows them is two files. */
const MAX_LINES = { ts: 250, vue: 200, function: 50 };

const noParent = {
  regex: '^\\.\\.(/|$)',
  message: 'No parent imports: use the alias.',
};

const restrict = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });
const maxLines = (max) => ({ 'max-lines': ['error', { max }] });

const importRules = folders.map((folder) => ({
  files: [`src/${folder}/**/*.{ts,vue}`],
  rules: restrict(bansFor(folder)),
}));

const vueRules = {
  'vue/no-v-html': 'error', // the ban itself
  'vue/no-v-text-v-html-on-component': 'error', // the ban itself
  'vue/block-lang': ['error', { script: { lang: 'ts' } }],
  'vue/component-api-style': ['error', ['script-setup']],
  'vue/define-props-declaration': ['error', 'type-based'],
  'vue/define-emits-declaration': ['error', 'type-based'],
  'vue/no-unused-components': 'error',
  'vue/no-unused-vars': 'error',
  'vue/no-mutating-props': 'error',
  'vue/no-side-effects-in-computed-properties': 'error',
  'vue/require-v-for-key': 'error',
  'vue/valid-v-for': 'error',
  'vue/valid-v-if': 'error',
  'vue/valid-v-else': 'error',
  'vue/valid-v-model': 'error',
  'vue/valid-v-slot': 'error',
  'vue/valid-template-root': 'error',
  'vue/no-dupe-keys': 'error',
  'vue/no-duplicate-attributes': 'error',
  'vue/no-use-v-if-with-v-for': 'error',
  'vue/no-ref-as-operand': 'error',
  'vue/return-in-computed-property': 'error',
  'vue/html-button-has-type': 'error',
};

export default [
  {
    ignores: [
      '**/node_modules/**',
      '**/dist*/**',
      'var/**',
      'coverage/**',
      '.tmp/**',
      'public/**',
      'docs/**',
      'tests/fixtures/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,mts,js,mjs}'],
    languageOptions: { parser: tseslint.parser, sourceType: 'module' },
    rules: {
      ...maxLines(MAX_LINES.ts),
      ...restrict([noParent]),
      'max-lines-per-function': [
        'error',
        { max: MAX_LINES.function, skipBlankLines: true, skipComments: true },
      ],
    },
  },
  {
    files: ['**/*.vue'],
    plugins: { vue: pluginVue },
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        sourceType: 'module',
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      ...vueRules,
      ...maxLines(MAX_LINES.vue),
      ...restrict([noParent]),
      'max-lines-per-function': [
        'error',
        { max: MAX_LINES.function, skipBlankLines: true, skipComments: true },
      ],
    },
  },
  ...importRules,
  {
    // The compiler refuses what else is younger than Chrome 80 (lib); this one @types/node lets in.
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/server/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.property.name='at']", message: 'Chrome 80 has no .at.' },
      ],
    },
  },
  { files: ['src/*.{ts,vue}'], rules: restrict(bansFor('app')) },
  { files: ['src/server/modules/**/*.ts'], rules: restrict(bansFor('server', 'modules/')) },
  {
    files: ['tests/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-properties': [
        'error',
        ...['mock', 'doMock', 'hoisted'].map((property) => ({
          object: 'vi',
          property,
          message: 'Replace at a port: hand in another implementation.',
        })),
      ],
    },
  },
];
