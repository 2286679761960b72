/** Bundled and run in a page of the app: the app's own ledger, so that every row is as a save makes it. */
import { createLedger } from '#data/ledger/create-ledger.ts';
import type { DraftRecord, Ledger } from '#data/ledger/ledger.ts';
import { createIds } from '#lib/ids.ts';

/** Records in one transaction. */
const CHUNK = 250;
const DAY_MS = 86_400_000;
const BODIES = ['theme-day', 'members-meeting', 'lecture'] as const;

/** Adds study until the phone holds `rows` of it. */
export async function fillStudy(rows: number): Promise<void> {
  await over(async (ledger) => {
    const held = (await ledger.records({ kind: 'study' })).length;
    const body = (i: number) => ({
      day: dayBefore(i % 730),
      minutes: 10 + (i % 50),
      how: 'book',
      note: `第 ${i} 次，读了一章。`,
    });
    await write(ledger, numbers(rows - held, held), (i) => ({ kind: 'study', body: body(i) }));
  });
}

/** Adds meetings of the past, each with its roll called, until about so many rows are reached. */
export async function fillRolls(rows: number): Promise<void> {
  await over(async (ledger) => {
    const [member] = await ledger.records({ kind: 'member' });
    const scope = member?.scope ?? '';
    const people = (await ledger.records({ kind: 'member', scope })).map(({ subject }) => subject);
    const ids = createIds(sources);
    const meetings = numbers(Math.floor(rows / (people.length + 1))).map((i) => ({
      i,
      id: ids.next(),
    }));
    const drafts = meetings.flatMap(({ i, id }): DraftRecord[] => [
      { kind: 'activity', scope, id, body: meeting(i) },
      ...people.map((subject): DraftRecord => {
        const body = { activity: id, state: 'present', how: 'tap' };
        return { kind: 'check-in', scope, subject, body };
      }),
    ]);
    await write(ledger, numbers(drafts.length), (i) => drafts[i] as DraftRecord);
  });
}

const sources = {
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  random: { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) },
};

async function over(work: (ledger: Ledger) => Promise<void>): Promise<void> {
  const ledger = createLedger({ ...sources, ids: createIds(sources), crypto });
  await work(ledger);
  await acknowledge(ledger);
  ledger.close();
}

/** Receipts as a server gives them: years of records are not waiting to be sent. */
async function acknowledge(ledger: Ledger): Promise<void> {
  const person = await ledger.current();
  if (!person) throw new Error('nobody has joined');
  const { upTo } = await ledger.sync.listUnsent(person, Infinity);
  await ledger.sync.applyResults(person, [{ from: 1, to: upTo, code: 'ok', n: upTo }]);
}

async function write(ledger: Ledger, each: number[], draft: (i: number) => DraftRecord) {
  for (let from = 0; from < each.length; from += CHUNK) {
    const written = await ledger.writeAll(each.slice(from, from + CHUNK).map(draft));
    if (!written.ok) throw new Error(written.error);
  }
}

const numbers = (count: number, from = 0) =>
  Array.from({ length: Math.max(0, count) }, (_, i) => from + i);

const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

const meeting = (i: number) => ({
  type: BODIES[i % BODIES.length],
  title: `第 ${i} 次会`,
  starts: Date.now() - (i + 1) * 3 * DAY_MS,
});
