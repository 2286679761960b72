/**
 * An empty phone that asks its secretary to be let in again (protocol/rejoin.ts). Promises: device id,
 * token and key are made and kept before anything is sent, so that a lost answer is asked for again
 * with the same; looking whether the secretary has tapped asks for nothing new; the person is on the
 * phone before the request is forgotten; somebody who is here already goes on as the new device only
 * once nothing waits under the old one; who uses the phone meanwhile keeps their screen.
 */
import type { Asked, JoiningError, Rejoining } from '#data/joining.port.ts';
import { KEPT_ASKED } from '#data/joining.port.ts';
import { checkNumber } from '#domain/devices.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { JoinAnswer } from '#protocol/join.ts';
import { againAnswerSchema, type AgainAnswer, type AgainRequest } from '#protocol/rejoin.ts';
import { publicKeyOf } from './device-key.ts';
import {
  ask,
  newIdentity,
  told,
  writeConsent,
  type Identity,
  type JoiningDeps,
} from './joining.ts';

export interface RejoiningDeps extends JoiningDeps {
  /** Runs once after so many ms; the answer cancels it. */
  schedule: (ms: number, run: () => void) => () => void;
  /** Whether the page that asked is in front: then whoever asked is who looks at it. */
  isInFront: () => boolean;
  /** Told when somebody is let in, or waits for no more than what is still to be handed in. */
  onIn: () => void;
}

/** As it is kept for the phone: what screens see, and what only this file does. */
type Kept = Asked & { identity: Identity };

/** The owner of what is kept before anybody joined. */
const PHONE = '';

/** Somebody is on the telephone: soon at first, then as rarely as for other news. */
const FIRST_MS = 15_000;
const LAST_MS = 300_000;
const SLOWER = 1.3;

/** The port's implementation, and the loop that looks for the secretary's tap. */
export function createRejoining(deps: RejoiningDeps): Rejoining & { look(): Promise<void> } {
  let wait = FIRST_MS;
  let cancel = () => {};
  let looking: Promise<void> | null = null;

  async function lookOnce(): Promise<void> {
    cancel();
    const kept = await keptIn(deps);
    if (!kept?.number) return;
    await settle(deps, kept, await answerTo(deps, kept, false));
    cancel = deps.schedule(wait, () => void look());
    wait = Math.min(wait * SLOWER, LAST_MS);
  }

  /** Looks now, and again and again while a request waits. Never rejects. */
  function look(): Promise<void> {
    looking ??= lookOnce()
      .catch(() => undefined)
      .finally(() => (looking = null));
    return looking;
  }

  return {
    look,
    async askAgain(secret) {
      const kept = await begin(deps, secret).catch(() => null);
      // A phone that cannot keep its token would ask for nothing.
      if (!kept) return fail('storage.failed');
      const answer = await answerTo(deps, kept, true);
      const settled = await settle(deps, kept, answer);
      wait = FIRST_MS;
      void look();
      return settled;
    },
  };
}

function keptIn({ ledger }: JoiningDeps): Promise<Kept | null> {
  return ledger.sync.keptFor<Kept>(PHONE, KEPT_ASKED);
}

/** What this phone is to be, made anew unless it asked by this invitation and has no answer yet. */
async function begin(deps: JoiningDeps, secret: string): Promise<Kept | null> {
  const before = await keptIn(deps);
  const goesOn = before?.secret === secret && !before.over;
  const identity = goesOn ? before.identity : await newIdentity(deps);
  const number = goesOn ? before.number : null;
  await deps.ledger.sync.keepFor(PHONE, KEPT_ASKED, { secret, identity, number, over: false });
  const kept = await keptIn(deps);
  return kept?.identity.token === identity.token ? kept : null;
}

async function answerTo(
  deps: JoiningDeps,
  { secret, identity }: Kept,
  asks: boolean,
): Promise<Result<AgainAnswer, JoiningError>> {
  const { device, token, signing } = identity;
  const key = await publicKeyOf(deps.subtle, signing);
  const request: AgainRequest = { secret, device, token, ask: asks, ...(key ? { key } : {}) };
  return ask(deps, '/api/join/again', request, againAnswerSchema);
}

async function settle(
  deps: RejoiningDeps,
  kept: Kept,
  answer: Result<AgainAnswer, JoiningError>,
): Promise<Result<null, JoiningError>> {
  if (!answer.ok) return answer;
  const { sync } = deps.ledger;
  const told = answer.value;
  if (told.state === 'in') return enter(deps, kept, told.joined);
  const { device } = kept.identity;
  const now: Kept =
    told.state === 'waiting'
      ? { ...kept, number: checkNumber(told.request, device) }
      : { ...kept, number: null, over: true };
  await sync.keepFor(PHONE, KEPT_ASKED, now);
  return ok(null);
}

async function enter(
  deps: RejoiningDeps,
  { identity }: Kept,
  joined: JoinAnswer,
): Promise<Result<null, JoiningError>> {
  const { ledger, onIn, isInFront } = deps;
  try {
    const here = (await ledger.people()).find(({ person }) => person === joined.person);
    const waits = here !== undefined && here.device !== identity.device;
    if (!waits || (await ledger.sync.countUnsent(here.person)) === 0) {
      const place = isInFront() ? 'front' : 'beside';
      const person = await ledger.admit({ ...identity, ...told(joined) }, 0, [], place);
      // Beside somebody else nothing is written in their place; an older yes comes with the sync.
      if ((await ledger.current())?.person === person.person) await writeConsent(ledger, person);
      await ledger.sync.keepFor(PHONE, KEPT_ASKED, null);
    }
    onIn();
    return ok(null);
  } catch {
    return fail('storage.failed'); // let in there, not kept here: looking again gives the same answer
  }
}
