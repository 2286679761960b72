import { ref } from 'vue';
import { useIds, useRandom } from '#data/use-ids.ts';
import { useLedger } from '#data/use-ledger.ts';
import { NAME_MAX } from '#domain/bodies/shared.ts';
import { civilDay } from '#domain/civil-day.ts';
import { correctedNow } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';
import { useScript } from '#ui/use-script.ts';
import { keptName, newInvitation } from './invitation.ts';
import { namesIn, newCard } from './plan-roster.ts';

/** Which field needs another look; each has a text under desk.wrong. */
export type BranchFault = 'name' | 'name-long' | 'not-saved';

/** What an administrator does: enters branches and asks people to be their secretaries. */
export function useBranches() {
  const ledger = useLedger();
  const ids = useIds();
  const random = useRandom();
  const clock = useClock();
  const { script } = useScript();
  const fault = ref<BranchFault | null>(null);

  function checked(text: string): string | null {
    const name = text.trim();
    fault.value = !name ? 'name' : name.length > NAME_MAX ? 'name-long' : null;
    return fault.value ? null : name;
  }

  /** Enters a branch in the county's register; its id, or null where a field needs another look. */
  async function addBranch(county: string, typed: { name: string; township: string }) {
    const name = checked(typed.name);
    if (!name) return null;
    const township = typed.township.trim().slice(0, NAME_MAX);
    const branch = ids.next();
    const body = {
      branch,
      names: namesIn(script.value, name),
      ...(township ? { township: namesIn(script.value, township) } : {}),
    };
    const written = await ledger.write({ kind: 'branch', scope: county, subject: null, body });
    if (!written.ok) fault.value = 'not-saved';
    return written.ok ? branch : null;
  }

  /** Role and invitation together, in this order, which the sync keeps. */
  async function askSecretary(branch: string, typed: string): Promise<boolean> {
    const name = checked(typed);
    if (!name) return false;
    const now = correctedNow(clock, (await ledger.current())?.offset ?? null);
    const person = ids.next();
    const { secret, body } = newInvitation('secretary', now, random);
    const role = {
      role: 'secretary',
      names: namesIn(script.value, name),
      card: newCard(random),
      from: civilDay(now),
    };
    const at = { scope: branch, subject: person };
    const written = await ledger.writeAll([
      { kind: 'role', ...at, body: role },
      { kind: 'invitation', ...at, body },
    ]);
    if (!written.ok) fault.value = 'not-saved';
    const record = written.ok ? written.value[1]?.id : undefined;
    if (record) await ledger.keep(keptName(person), { record, secret, expires: body.expires });
    return written.ok;
  }

  return { fault, addBranch: oneAtATime(addBranch), askSecretary: oneAtATime(askSecretary) };
}
