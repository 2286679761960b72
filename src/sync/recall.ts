/**
 * The second copy of the tokens, as cookies (protocol/recall.ts). Promises: asked only where nobody
 * is known on this phone, and by https alone; whoever is recalled goes on as the same device, pulls
 * their own rows before anything new is sent, and uses no seq a second time. The key of the self
 * records is not in it: what it closed stays closed here.
 */
import * as v from 'valibot';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { Clock } from '#lib/clock.ts';
import { keepAnswerSchema, recallAnswerSchema } from '#protocol/recall.ts';
import { pack } from './pack.ts';
import type { Transport } from './transport.port.ts';

export interface RecallDeps {
  ledger: Ledger;
  transport: Transport;
}

/** Cookies live 400 days at most; half of that leaves a phone in a drawer time to be found again. */
const KEEP_AGAIN_MS = 180 * 86_400_000;

/** When a person's cookie was laid down, phone time, is kept under this name. */
const KEPT = 'token.kept';

/** Admits everybody whose cookie is good; how many came back, null where that could not be asked. */
export async function recallPeople({ ledger, transport }: RecallDeps): Promise<number | null> {
  if ((await ledger.people()).length > 0) return 0;
  const packet = await pack({});
  const reply = await transport.post('/api/join/recall', packet, undefined, 'with cookies');
  if (!reply.ok) return null;
  const told = v.safeParse(recallAnswerSchema, reply.value.json);
  if (!told.success) return null;
  // Somebody may have joined meanwhile, in another tab.
  if ((await ledger.people()).length > 0) return 0;
  const { people } = told.output;
  for (const { seq, ...person } of people) await ledger.admit({ ...person, signing: null }, seq);
  if (people[0]) await ledger.setCurrent(people[0].person);
  return people.length;
}

/** Lays down anew whose cookie is old or was never laid down; quiet where that does not work. */
export async function keepTokens(deps: RecallDeps & { clock: Clock }): Promise<void> {
  const { sync } = deps.ledger;
  for (const { person, token } of await sync.people()) {
    const age = deps.clock.now() - ((await sync.keptFor<number>(person, KEPT)) ?? -Infinity);
    // A clock that was set back shows a cookie from the future.
    if (age >= 0 && age < KEEP_AGAIN_MS) continue;
    const packet = await pack({});
    const reply = await deps.transport.post('/api/join/keep', packet, token, 'with cookies');
    const told = reply.ok ? v.safeParse(keepAnswerSchema, reply.value.json) : null;
    if (told?.success && told.output.kept) await sync.keepFor(person, KEPT, deps.clock.now());
  }
}
