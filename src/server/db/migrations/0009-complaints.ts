/**
 * Frozen: imports nothing, never edited once released.
 *
 * Complaints and their answers lie in the county's scope, where no desk could erase anything.
 */
export const migration0009 = {
  name: '0009-complaints',
  sql: `
create or replace function is_erasable(p_kind text) returns boolean
language sql immutable
as $erasable$
  select p_kind not in
    ('self', 'role', 'office', 'erasure', 'decision', 'invitation', 'branch', 'about',
      'presence-key', 'revocation', 'admission', 'rejoin-request', 'complaint', 'complaint-answer')
$erasable$;
`,
};
