import { ref } from 'vue';
import { useIds, useRandom } from '#data/use-ids.ts';
import { useLedger } from '#data/use-ledger.ts';
import { NAME_MAX } from '#domain/bodies/shared.ts';
import { civilDay } from '#domain/civil-day.ts';
import { newCard } from '#domain/qr-codes.ts';
import { correctedNow } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { typedName } from '#lib/typed-text.ts';
import { useClock } from '#ui/use-clock.ts';
import { useScript } from '#ui/use-script.ts';
import {
  branchOf,
  type BranchFacts,
  type BranchForm,
  type BranchFormFault,
} from './branch-form.ts';
import { keptName, newInvitation } from './invitation.ts';
import { namesIn } from './plan-roster.ts';

/** Which field needs another look; each has a text under desk.wrong. */
export type BranchFault = BranchFormFault | 'not-saved';

/** What an administrator does: enters branches and asks people to be their secretaries. */
export function useBranches() {
  const ledger = useLedger();
  const ids = useIds();
  const random = useRandom();
  const clock = useClock();
  const { script } = useScript();
  const fault = ref<BranchFault | null>(null);

  function checked(text: string): string | null {
    const name = typedName(text);
    fault.value = !name ? 'name' : name.length > NAME_MAX ? 'name-long' : null;
    return fault.value ? null : name;
  }

  /** Enters a branch in the county's register, or says anew what it is; its id, or null where a field needs another look. */
  async function keepBranch(
    { county, ...facts }: { county: string; id?: string } & Pick<BranchFacts, 'today' | 'branches'>,
    form: BranchForm,
  ): Promise<string | null> {
    const id = facts.id ?? ids.next();
    const body = branchOf(form, { ...facts, id, script: script.value });
    fault.value = body.ok ? null : body.error;
    if (!body.ok) return null;
    const draft = { kind: 'branch', scope: county, subject: null, body: body.value };
    const written = await ledger.write(draft);
    if (!written.ok) fault.value = 'not-saved';
    return written.ok ? id : null;
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

  return { fault, keepBranch: oneAtATime(keepBranch), askSecretary: oneAtATime(askSecretary) };
}
