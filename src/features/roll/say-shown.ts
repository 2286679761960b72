import type { ShownBody } from '#domain/bodies/proof.ts';

/** What it asks of the ledger. */
export interface ShownLedger {
  records(query: {
    kind: 'shown';
    scope: string;
  }): Promise<readonly { device: string; state: string; body: unknown }[]>;
  write(draft: { kind: 'shown'; scope: string; body: ShownBody }): Promise<unknown>;
}

/**
 * Records, once, that this device shows the hall code of an activity: by that the judge knows whose
 * digits to try. A code that nothing is written of is good all the same (judge-proof.ts).
 */
export async function sayShown(
  ledger: ShownLedger,
  { activity, scope, device }: { activity: string; scope: string; device: string },
): Promise<void> {
  const said = await ledger.records({ kind: 'shown', scope });
  const mine = said.filter((one) => one.device === device && one.state !== 'refused');
  if (mine.some(({ body }) => (body as ShownBody | null)?.activity === activity)) return;
  await ledger.write({ kind: 'shown', scope, body: { activity } });
}
