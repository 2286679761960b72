import { useLedger, useLive } from '#data/use-ledger.ts';
import { civilDay } from '#domain/civil-day.ts';
import {
  foldKeeping,
  foldRetention,
  KEEPING_KIND,
  RETENTION_KIND,
  USUAL,
} from '#domain/retention.ts';
import { useClock } from '#ui/use-clock.ts';

/** How long things are kept: what the branch was told, or what an administrator's phone holds. */
export function useKeeping() {
  const ledger = useLedger();
  const clock = useClock();
  return useLive(async () => {
    const told = await ledger.records({ kind: KEEPING_KIND });
    // Every branch is told the same; numbers of two scopes have no order between them.
    if (told[0]) return foldKeeping(told.filter(({ scope }) => scope === told[0]?.scope));
    const set = await ledger.records({ kind: RETENTION_KIND });
    return foldRetention(set, civilDay(clock.now()));
  }, USUAL);
}
