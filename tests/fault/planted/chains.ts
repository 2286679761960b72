import type { Break } from './break.ts';

const JUDGE_CHAIN = 'src/server/modules/sync/judge-chain.ts';
const STORE = 'src/server/modules/sync/store-records.ts';

/** What is wrong with chains: seals, forks, the end of a device, records that another phone brings. */
export const PLANTED_IN_CHAINS: Break[] = [
  {
    name: 'seal-not-verified',
    ids: ['X-11'],
    file: 'src/server/modules/sync/chain.usecases.ts',
    find: 'if (key && (await isSigned(key, seal))) seals.push(seal);',
    replace: 'if (key) seals.push(seal);',
  },
  {
    name: 'fork-not-noticed',
    ids: ['S-07'],
    file: JUDGE_CHAIN,
    find: "if (link.seq >= forkFrom && !here.has(linkKey(link))) return 'fork';",
    replace: '',
  },
  {
    name: 'revoked-device-goes-on',
    ids: ['X-11'],
    file: JUDGE_CHAIN,
    find: "if (ended) return ended === 'renewed' ? 'fork' : 'after-revocation';",
    replace: '',
  },
  {
    name: 'revoked-device-hands-in-without-end',
    ids: ['X-11'],
    file: 'src/server/modules/sync/chain.usecases.ts',
    find: 'const over = chain.handedIn + handedIn > HAND_IN_MAX;',
    replace: 'const over = false;',
  },
  {
    name: 'refused-record-leaves-the-chain',
    ids: ['S-06'],
    file: 'src/server/modules/sync/read-records.ts',
    find: 'if (link) read.links.push(link);',
    replace: '',
  },
  {
    name: 'who-brought-it-forgotten',
    ids: ['S-11'],
    file: STORE,
    find: 'await noteCarried(deps, scope, pending, results);',
    replace: '',
  },
  {
    name: 'carried-without-a-seal',
    ids: ['S-11'],
    file: JUDGE_CHAIN,
    find: "if (carried) return 'carried';",
    replace: 'if (carried) return null;',
  },
  {
    name: 'anybody-may-bring-records',
    ids: ['A-07'],
    file: 'src/server/modules/sync/sources.ts',
    find: 'return device !== sender.device && hasDesk(sender.grants, scope) ? { device, scope } : null;',
    replace: 'return device !== sender.device ? { device, scope } : null;',
  },
  {
    name: 'after-a-role-counts',
    ids: ['X-11'],
    file: 'src/server/modules/sync/past-roles.ts',
    find: "one : { ...one, confirm: 'after-role' }",
    replace: 'one : one',
  },
  {
    name: 'any-member-gives-roles',
    ids: ['X-06'],
    file: 'src/domain/permissions.ts',
    find: "return holds(draft.scope, 'secretary');",
    replace: 'return grants.some((grant) => grant.scope === draft.scope);',
  },
];
