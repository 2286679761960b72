import type { ClosingBody, LookedBody, ReopeningBody } from '#domain/bodies/closing.ts';
import { waitingLooks } from '#domain/closing.ts';
import { closingFor } from '#domain/headcount.ts';
import { readClosing, type ClosingLedger } from '#data/closing-view.ts';
import { fail, ok, type Result } from '#lib/result.ts';

type Draft = { scope: string; subject: null } & (
  | { kind: 'closing'; body: ClosingBody }
  | { kind: 'reopening'; body: ReopeningBody }
  | { kind: 'looked'; body: LookedBody }
);

/** What ending a roll call asks of the ledger. */
export interface CloseLedger<E> extends ClosingLedger {
  write(draft: Draft): Promise<Result<unknown, E>>;
}

/** lookedBody holds no more (domain/bodies/closing.ts). */
const LOOKS_MAX = 64;

/**
 * Ends one activity's roll call and what comes after. Each verb looks at what the ledger holds at that moment,
 * not at what a screen last showed, so that the hash is of what this phone has.
 */
export function createCloseDesk<E>(ledger: CloseLedger<E>, activity: string) {
  /** Fails with `gone` where this person does not keep the roll (any more). */
  const held = () => readClosing(ledger, activity);

  /** Fails with a number, the difference, until a person has said that it stays as it is. */
  async function close(
    headcount: number,
    asIs: boolean,
  ): Promise<Result<unknown, E | number | 'gone'>> {
    const view = await held();
    if (!view) return fail('gone');
    // Said twice by a trembling finger it is said once.
    const { closing } = view;
    if (closing?.asClosed && closing.headcount === headcount) return ok(null);
    const body = closingFor(activity, view.hall, { headcount, asIs });
    if (!body.ok) return body;
    return ledger.write({ kind: 'closing', scope: view.scope, subject: null, body: body.value });
  }

  /** Does nothing once the server has the closing: then a tap in the roll is an amendment. */
  async function reopen(): Promise<Result<unknown, E | 'gone'>> {
    const view = await held();
    if (!view) return fail('gone');
    const closings = view.closing?.reopens;
    if (!closings) return ok(null);
    const body = { activity, closings };
    return ledger.write({ kind: 'reopening', scope: view.scope, subject: null, body });
  }

  /** 「看过了」: all that somebody else amended and nobody has looked at. */
  async function look(): Promise<Result<unknown, E | 'gone'>> {
    const view = await held();
    if (!view) return fail('gone');
    const { closing, person } = view;
    const open = closing ? waitingLooks(closing).filter(({ by }) => by !== person) : [];
    const ids = open.map(({ record }) => record);
    for (let at = 0; at < ids.length; at += LOOKS_MAX) {
      const body = { activity, records: ids.slice(at, at + LOOKS_MAX) };
      const written = await ledger.write({
        kind: 'looked',
        scope: view.scope,
        subject: null,
        body,
      });
      if (!written.ok) return written;
    }
    return ok(null);
  }

  return { close, reopen, look };
}
