import { isDesk, type Grant } from '#domain/roles.ts';
import type { Row } from './waiting.ts';

/** What reading the own branches asks of the ledger. */
export interface BranchesLedger {
  current(): Promise<{ grants: readonly Grant[] } | null>;
  records(query: { scope: string }): Promise<Row[]>;
}

/** Every record of every branch whose desk this person is at. */
export async function readOwnBranches(ledger: BranchesLedger): Promise<Row[]> {
  const grants = (await ledger.current())?.grants ?? [];
  const scopes = new Set(grants.filter(({ role }) => isDesk(role)).map(({ scope }) => scope));
  return (await Promise.all([...scopes].map((scope) => ledger.records({ scope })))).flat();
}
