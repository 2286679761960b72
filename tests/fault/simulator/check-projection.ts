/** S-19: what each phone shows is what the model says; I5 and I10 for what is folded, not only for rows. */
import type { LedgerRecord } from '#data/ledger/ledger.ts';
import type { Branch, ServerRow } from './branch.ts';
import type { Violate } from './checks.ts';
import type { History } from './history.ts';
import { modelOf, type Fact, type Projection } from './model.ts';
import type { SimulatedPhone } from './phone.ts';
import { project } from './project.ts';

/** A desk phone shows the whole branch, a member's what is about its person; somebody without a role nothing sure. */
export function checkProjection(
  { scope }: Branch,
  { index, person }: SimulatedPhone,
  held: readonly LedgerRecord[],
  rows: readonly ServerRow[],
  { roles, written }: History,
  violate: Violate,
): void {
  const role = roles[index];
  if (role === undefined || role === 'none') return;
  const shows = (row: { scope: string; subject: string | null }) =>
    row.scope === scope && (role === 'secretary' || row.subject === person);
  const facts = rows.filter(shows).flatMap(({ id, confirm }): Fact[] => {
    const wrote = written.get(id);
    return wrote ? [{ ...wrote, waits: confirm !== null }] : [];
  });
  const model = modelOf(facts);
  const shown = held.filter(shows);
  compare('I5', `phone ${index} (${role}) shows otherwise`, model, project(shown));
  compare('I10', `the order in which phone ${index} holds rows counts`, model, shuffled(shown));

  function compare(rule: string, detail: string, wanted: Projection, found: Projection): void {
    for (const part of ['roster', 'rolls'] as const)
      if (wanted[part].join('\n') !== found[part].join('\n'))
        violate(
          rule,
          `${detail}: ${part} ${found[part].join(' | ')} for ${wanted[part].join(' | ')}`,
        );
  }
}

/** Every second record from the end, then the others: an order in which nothing ever arrives. */
function shuffled(held: readonly LedgerRecord[]): Projection {
  const back = held.toReversed();
  return project([...back.filter((_, i) => i % 2 === 0), ...back.filter((_, i) => i % 2 === 1)]);
}
