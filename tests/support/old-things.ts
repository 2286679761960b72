/** A county with rolls and messages of other years, and what is left of them. */
import { civilDay, civilTime } from '#domain/civil-day.ts';
import type { PlainRecord } from '#protocol/record.ts';
import { machineSources } from '#server/sources.ts';
import { keepPeriods, type RetentionDeps } from '#server/tasks/retention/retention.ts';
import { startServer } from './server.ts';
import { createTestClock } from './test-clock.ts';
import { joinWire, newId, secretOf, wireRecord, type WireDevice } from './wire-device.ts';

/** A meeting of `day` with so many lines, written on `written`; what the secretary's device sends. */
export function rollOf(
  { branch }: Pick<WireDevice, 'branch'>,
  first: number,
  { day, lines = 2, written = day }: { day: string; lines?: number; written?: string },
): { meeting: PlainRecord; records: PlainRecord[] } {
  const meeting = wireRecord({
    ...{ kind: 'activity', scope: branch, seq: first, day: written },
    body: { type: 'lecture', title: '党课', starts: civilTime(day, 19 * 60) },
  });
  const entries = Array.from({ length: lines }, (_, i) =>
    wireRecord({
      ...{ kind: 'check-in', scope: branch, seq: first + 1 + i, subject: newId(), day: written },
      body: { activity: meeting.id, state: 'present', how: 'tap' },
    }),
  );
  return { meeting, records: [meeting, ...entries] };
}

/** A demonstration county at noon of 26 November 2026 in China, its clock, and the job's verbs on it. */
export async function agingCounty() {
  const clock = createTestClock(Date.parse('2026-11-26T04:00:00Z'));
  const sources = { ...machineSources(), clock };
  const server = await startServer({ sources });
  const joined = (role: string) => {
    const invitation = server.invitations.find((one) => one.role === role);
    return joinWire(server.url, secretOf(invitation ?? { url: 'none:' }));
  };
  const secretary = await joined('secretary');
  const member = await joined('member');
  const administrator = await joined('administrator');
  const run = () => ({ county: secretary.county.id, day: civilDay(clock.now()) });
  const keep = (more: Partial<RetentionDeps> = {}) =>
    keepPeriods({ ...sources, database: server.database, ...more }, run());
  /** Everything came two months earlier than it did. */
  const cameLongAgo = () =>
    server.pool.query('update records set received = received - 5e9::bigint');
  return {
    ...{ clock, sources, server, secretary, member, administrator, run, keep, cameLongAgo },
    /** A night later; what was not there yet is looked at. */
    nextNight() {
      clock.pass(86_400_000);
      return keep();
    },
    async send(by: WireDevice, ...records: PlainRecord[]) {
      for (let at = 0; at < records.length; at += 100)
        await by.sync({ records: records.slice(at, at + 100) });
      await cameLongAgo();
    },
    /** Those of these ids whose bodies are there. */
    async kept(ids: readonly string[]) {
      const { rows } = await server.pool.query<{ id: string }>(
        'select id::text from records where id = any ($1::uuid[]) and body is not null',
        [ids],
      );
      return new Set(rows.map(({ id }) => id));
    },
  };
}

/** The ids of records. */
export const idsOf = (records: readonly { id: string }[]) => records.map(({ id }) => id);
