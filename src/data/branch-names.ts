import type { AboutBody } from '#domain/bodies/organisation.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { inOrder, readable } from '#domain/fold.ts';
import { isInBranch, type Grant } from '#domain/roles.ts';
import type { Ledger } from './ledger/ledger.ts';

const ONE: ReadonlyMap<string, Names> = new Map();

/** What the branches of these roles are called, where there are several; of one it goes without saying. */
export async function readBranchNames(
  ledger: Pick<Ledger, 'records'>,
  grants: readonly Grant[],
): Promise<ReadonlyMap<string, Names>> {
  const scopes = new Set(grants.filter(({ role }) => isInBranch(role)).map(({ scope }) => scope));
  if (scopes.size < 2) return ONE;
  const abouts = inOrder(readable(await ledger.records({ kind: 'about' })));
  const own = abouts.filter(({ scope }) => scopes.has(scope));
  return new Map(own.map(({ scope, body }) => [scope, (body as AboutBody).names]));
}
