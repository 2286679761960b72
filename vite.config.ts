import { fileURLToPath } from 'node:url';
import VueI18nPlugin from '@intlify/unplugin-vue-i18n/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type BuildEnvironmentOptions, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { textsParts } from './scripts/texts-parts.ts';
import { ROLE_FILES } from './src/sw/role-files.ts';

/** The oldest browsers of PRODUCT.md, "Where it runs". */
const OLDEST = ['chrome80', 'safari15'];

/** What a member never loads: kept out of the shell, in lists of their own (src/sw/role-files.ts). */
const ROLES = ['desk', 'publish'] as const;

/**
 * Chunks by what loads together, so that the shell stays within 25 files: the framework, the store
 * (they load side by side), what every screen needs, and one a feature. What is not named here
 * (scripts and packs, loaded with the first reading) is left to the bundler.
 */
const GROUPS = [
  { name: 'store', test: /\/node_modules\/dexie\// },
  { name: 'gzip', test: /\/node_modules\/fflate\// },
  {
    name: 'kit',
    test: /\/node_modules\/(uqr|@vueuse)\/|\/src\/(domain\/(roster|standing|transfers|qr-codes|seconds|branches|report-code|invitations|refusal-reasons|requests|own-rules|contacts|elsewhere|erase-person|complaints|objections|retention)|lib\/(one-at-a-time|typed-text))|\/src\/ui\/(QrCode|qr-path|save-file|\w+Field|FieldFrame|TextArea|ChoiceGroup|NumberStepper|SheetDialog|ContactRow)|\/src\/data\/use-contacts/,
  },
  {
    name: 'reading',
    test: /\/src\/(features\/(library|report)\/(?!.*routes)|packs\/reading-time|content\/map-block)/,
  },
  // What opening the first pack brings; the desk's search shares its dictionary.
  {
    name: 'fetch-and-open',
    test: /\/src\/(packs\/fetch-|content\/(?!map-block)|script\/(derive|fold|house|keep|to-hans|ts-characters))|\/opencc-js\/.*\/(core|TS\w+)\.js/,
  },
  { name: 'study', test: /\/src\/(features\/study\/(?!.*routes)|ui\/(MonthCalendar|month-grid))/ },
  {
    name: 'activities',
    test: /\/src\/(features\/activities\/(?!.*routes|Desk)|data\/(activity-view|use-activity-view)|domain\/(activity-types|exclusions|paper|quorum|roll-parts|notices|hall-text|objections)|ui\/(use-ahead|ToConfirm|camera|useCamera|CameraView|grab|read-photo|qr-reader))/,
  },
  // Searching and lists from files: fetched when somebody needs them.
  // What writes workbooks and text tables: twenty kilobytes for one press a year.
  {
    name: 'desk-tables',
    test: /\/node_modules\/(papaparse|write-excel-file)\/|\/src\/(ui\/write-table|features\/desk\/roster-table)/,
  },
  {
    name: 'desk-lists',
    test: /\/src\/(script\/initials|features\/desk\/(find-branches|plan-branches|table-file|read-\w+))/,
  },
  // Choosing people from the roster, for invitations and for cards.
  { name: 'desk-people', test: /\/src\/ui\/PeopleChoice/ },
  // The health page is for administrators, who have the desk's files.
  { name: 'desk', test: /\/src\/features\/(desk|health)\/(?!.*routes)/ },
  // The desk's side of a meeting, and the code of the hall that no member's phone can make.
  {
    name: 'desk-roll',
    test: /\/src\/(features\/((roll|sheets)\/(?!.*routes)|activities\/Desk)|data\/(use-)?closing-view|domain\/(hall|hall-code|judge-proof|proofs|cards|roll-table|forms|closing|amendments|entered-later|hall-count|headcount|held-at-closing|meeting-records|check-code)\.|ui\/beep)|\/@noble\/hashes\/(hkdf|hmac)/,
  },
  { name: 'publish', test: /\/src\/features\/publish\/(?!.*routes)/ },
  // Whose phone it is: joining, who is on the screen, the own page.
  {
    name: 'me',
    test: /\/src\/(features\/(me|join)\/(?!.*routes)|app\/CurtainView|data\/(use-asked|report-code|own-place|move-trouble)|domain\/recovery-card)/,
  },
  // Nothing of the base may import from here: it is fetched after the first screen.
  {
    name: 'sync',
    test: /\/node_modules\/valibot\/|\/src\/(sync\/(?!status)|app\/(start-sync|care-for-tokens)|domain\/(audience|devices|move-code|permissions|erasure|kind-bodies|bodies\/)|lib\/(utf8|base32)|data\/(mirror\/|lease-locks|recovery-card|move-seal|ledger\/(create-ledger-sync|keyring|lease|write|commit|erase|sync\/(?!list-unsent)))|protocol\/(?!limits))/,
  },
  {
    name: 'core',
    test: /\/node_modules\/(@?vue|vue-router|vue-i18n|@intlify|pinia|@noble)\/|^\0/,
  },
  {
    name: 'base',
    test: /\/src\/(ui|data|sync|domain|lib|app|protocol|features\/today)\/|\.routes\.ts|\/src\/App\.vue/,
  },
];

/** Writes role-desk.json and role-publish.json: the files that the worker keeps for that role. */
function roleLists(): Plugin {
  return {
    name: 'rixue-role-lists',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const role of ROLES) {
        const files = Object.keys(bundle).map((file) => `/${file}`);
        const source = JSON.stringify(files.filter((file) => ROLE_FILES[role].test(file)));
        this.emitFile({ type: 'asset', fileName: `role-${role}.json`, source });
      }
    },
  };
}

const pwa = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/sw',
  filename: 'sw.ts',
  injectRegister: false,
  includeManifestIcons: false,
  injectManifest: {
    globPatterns: ['**/*.{js,css,html,json,webmanifest}', 'icons/icon.svg', 'icons/icon-192.png'],
    globIgnores: [
      ...ROLES.flatMap((role) => [`assets/${role}-*`, `role-${role}.json`]),
      'assets/zh-*.desk-*',
      'assets/to-hant-*',
      'assets/gzip-*',
      '**/.*/**',
      '**/.*',
    ],
    rollupFormat: 'iife',
  },
  manifest: {
    id: '/',
    name: '日学',
    short_name: '日学',
    description: '读报告，记自己的学习，开会不忘人；没有网也能用。',
    lang: 'zh-Hans',
    start_url: '/',
    display: 'standalone',
    background_color: '#faf6ee',
    theme_color: '#faf6ee',
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-192.png', sizes: '192x192', type: 'image/png', purpose: 'maskable' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
});

const messages = VueI18nPlugin({
  include: [fileURLToPath(new URL('./locales/parts/*.json', import.meta.url))],
  runtimeOnly: true,
  compositionOnly: true,
  fullInstall: false,
  dropMessageCompiler: true,
  strictMessage: false,
});

const serverBuild: BuildEnvironmentOptions = {
  target: 'node20',
  copyPublicDir: false,
  rolldownOptions: { output: { entryFileNames: '[name].js' } },
};

const appBuild: BuildEnvironmentOptions = {
  target: OLDEST,
  cssTarget: OLDEST,
  cssCodeSplit: false,
  modulePreload: { polyfill: false },
  assetsInlineLimit: 0,
  manifest: true,
  rolldownOptions: {
    output: { codeSplitting: { groups: GROUPS, includeDependenciesRecursively: false } },
  },
};

/** `vite build` writes the app; `vite build --ssr src/server/main.ts` the server. */
export default defineConfig(({ isSsrBuild }) => ({
  define: {
    __BUILD__: JSON.stringify(process.env['RIXUE_BUILD'] ?? 'dev'),
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  resolve: {
    alias: [
      {
        find: /^dexie$/,
        replacement: fileURLToPath(
          new URL('./node_modules/dexie/dist/modern/dexie.min.mjs', import.meta.url),
        ),
      },
    ],
  },
  plugins: isSsrBuild ? [] : [textsParts(), vue(), messages, roleLists(), pwa],
  worker: { format: 'es' },
  build: isSsrBuild ? serverBuild : appBuild,
}));
