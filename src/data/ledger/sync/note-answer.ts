import type { ClockOffset } from '#lib/clock.ts';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { Person } from '#data/ledger/person.ts';

/** A smaller change of the offset is the network's jitter and not worth a write to the disk. */
const OFFSET_STEP_MS = 2_000;
/** An older measurement is replaced by one that says the same, because its age is shown and audited. */
const OFFSET_AGE_MS = 3_600_000;

/** Notes the server's clock and whether the first complete pull is done; writes only what matters. */
export async function noteAnswer(
  db: LedgerDatabase,
  { person, offset: known, fresh }: Person,
  told: { offset: ClockOffset; caughtUp: boolean },
): Promise<void> {
  const { offset } = told;
  const moved =
    !known ||
    Math.abs(offset.ms - known.ms) >= OFFSET_STEP_MS ||
    Math.abs(offset.measuredAt - known.measuredAt) >= OFFSET_AGE_MS;
  const done = fresh && told.caughtUp;
  if (!moved && !done) return;
  await db.transaction('rw', db.people, async () => {
    await db.people.update(person, {
      ...(moved ? { offset } : {}),
      ...(done ? { fresh: false } : {}),
    });
  });
}
