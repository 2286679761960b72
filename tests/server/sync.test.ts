import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { personScope } from '#domain/roles.ts';
import { startServer } from '#tests/support/server.ts';
import {
  CARD,
  joinWire,
  newId,
  secretOf,
  selfRecord,
  wireRecord,
  type WireDevice,
} from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let member: WireDevice;
let secretary: WireDevice;

beforeAll(async () => {
  server = await startServer();
  const secret = (index: number) => secretOf(server.invitations[index] ?? { url: 'none:' });
  member = await joinWire(server.url, secret(0));
  secretary = await joinWire(server.url, secret(4));
});
afterAll(() => server.stop());

const activity = (seq: number, more = {}) =>
  wireRecord({
    ...{ kind: 'activity', scope: secretary.branch, seq },
    body: { type: 'lecture', title: '党课', starts: 1_772_700_000_000 },
    ...more,
  });

describe('what a push is answered', () => {
  it('gives a receipt after the commit and sends the row to the others, not back', async () => {
    const first = await secretary.sync({ records: [activity(1), activity(2)] });
    expect(first.results).toEqual([
      {
        from: 1,
        to: 2,
        code: 'ok',
        n: expect.any(Number),
        tag: expect.stringMatching(/^[\w-]{11}$/),
      },
    ]);
    expect(first.pages.flatMap((page) => page.rows).map((row) => row.device)).not.toContain(
      secretary.device,
    );
    const seen = (await member.pullAll()).filter((row) => row.device === secretary.device);
    expect(seen.map((row) => row.seq)).toEqual([1, 2]);
  });

  it('S-02 answers a batch whose answer was lost ten times with dup and the same receipt', async () => {
    const records = [activity(3), activity(4)];
    const lost = await secretary.sync({ records });
    for (let i = 0; i < 10; i += 1) {
      const again = await secretary.sync({ records });
      expect(again.results).toEqual([{ ...lost.results[0], code: 'dup' }]);
    }
    const rows = (await secretary.pullAll()).filter((row) => row.seq === 3 || row.seq === 4);
    expect(rows.filter((row) => row.device === secretary.device)).toHaveLength(2);
  });

  it('answers the same record twice in one batch and stores it once', async () => {
    const record = activity(5);
    const { results } = await secretary.sync({ records: [record, record] });
    expect(results.map(({ code }) => code)).toEqual(['ok', 'ok']);
    const rows = (await secretary.pullAll()).filter((row) => row.id === record.id);
    expect(rows).toHaveLength(1);
  });

  it('S-07 keeps both of one id with different content, the second to confirm', async () => {
    const first = activity(6);
    const second = activity(7, { id: first.id });
    const { results } = await secretary.sync({ records: [first] });
    expect(results[0]?.code).toBe('ok');
    expect((await secretary.sync({ records: [second] })).results[0]?.code).toBe('to-confirm');
    const rows = (await secretary.pullAll()).filter((row) => row.id === first.id);
    expect(rows.map((row) => row.confirm)).toEqual([undefined, 'same-id']);
  });

  it('S-06 stores 49 of 50 when one is malformed', async () => {
    const records: unknown[] = Array.from({ length: 50 }, (_, i) => activity(100 + i));
    records[20] = { ...activity(120), day: 'yesterday' };
    const { results } = await secretary.sync({ records });
    expect(results.map(({ from, to, code, reason }) => [from, to, code, reason])).toEqual([
      [100, 119, 'ok', undefined],
      [120, 120, 'invalid', 'malformed'],
      [121, 149, 'ok', undefined],
    ]);
  });

  let seq = 300;
  it.each<[string, (n: number) => unknown, string, string?]>([
    ['not an object', () => 7, 'invalid', 'malformed'],
    ['a number no counter holds', (n) => activity(n, { at: 1e300 }), 'invalid', 'malformed'],
    ['a time no phone can show', (n) => activity(n, { at: 9e15 }), 'invalid', 'malformed'],
    [
      'a meeting at a time no phone can show',
      (n) => activity(n, { body: { type: 'other', title: '会', starts: 9e15 } }),
      'invalid',
      'body',
    ],
    ['a kind nobody knows', (n) => ({ ...activity(n), kind: 'score' }), 'invalid', 'unknown-kind'],
    ['a body of another kind', (n) => activity(n, { body: { mood: 'good' } }), 'invalid', 'body'],
    [
      'a device that is not the sender’s',
      (n) => activity(n, { device: newId() }),
      'forbidden',
      'device',
    ],
    ['somebody else as author', (n) => activity(n, { author: newId() }), 'forbidden', 'author'],
    ['a branch that is not hers', (n) => activity(n, { scope: newId() }), 'forbidden', 'writer'],
    [
      'a kind of the server’s',
      (n) =>
        wireRecord({
          kind: 'presence-key',
          scope: secretary.branch,
          seq: n,
          body: { key: 'a'.repeat(43) },
        }),
      'forbidden',
      'writer',
    ],
    [
      'study in the clear',
      (n) =>
        wireRecord({
          kind: 'study',
          scope: personScope(secretary.person),
          seq: n,
          body: { day: '2026-03-05', minutes: 30, how: 'book' },
        }),
      'invalid',
      'not-encrypted',
    ],
    [
      'self records of somebody else',
      (n) => selfRecord(personScope(newId()), n),
      'forbidden',
      'scope',
    ],
    ['a newer version of a kind', (n) => activity(n, { v: 99 }), 'later'],
  ])('refuses %s', async (_, make, code, reason) => {
    const record = make(seq);
    seq += 2;
    const { results } = await secretary.sync({ records: [record, activity(seq - 1)] });
    expect(results[0]).toMatchObject({ code, ...(reason && { reason }) });
    expect(['ok', 'dup']).toContain(results[1]?.code);
  });

  it('refuses a member who opens an activity, and takes the longest names that a body may hold', async () => {
    const { results } = await member.sync({ records: [activity(1)] });
    expect(results).toEqual([{ from: 1, to: 1, code: 'forbidden', reason: 'writer' }]);
    const long = { hans: '长'.repeat(40), hant: '長'.repeat(40) };
    const body = { names: long, group: '组'.repeat(20), card: CARD };
    const fits = wireRecord({
      kind: 'member',
      scope: secretary.branch,
      seq: 10,
      subject: newId(),
      body,
    });
    expect((await secretary.sync({ records: [fits] })).results[0]?.code).toBe('ok');
  });
});

describe('what a pull brings', () => {
  it('shows the sender’s own rows only where asked for, with author, device and numbers', async () => {
    const own = await secretary.pullAll({ own: true });
    const others = await secretary.pullAll({ own: false });
    expect(others.some((row) => row.device === secretary.device)).toBe(false);
    expect(own.length).toBeGreaterThan(others.length);
    expect(own.find((row) => row.device === secretary.device)).toMatchObject({
      author: secretary.person,
      scope: secretary.branch,
    });
  });

  it('brings the same rows in small pages as in one, each once and in order', async () => {
    const large = await member.pullAll({ want: 512 * 1024 });
    const small = await member.pullAll({ want: 1 });
    expect(small.map((row) => row.id).toSorted()).toEqual(large.map((row) => row.id).toSorted());
    const ofBranch = small.filter((row) => row.scope === member.branch).map((row) => row.n);
    expect(ofBranch).toEqual([...new Set(ofBranch)].toSorted((a, b) => a - b));
  });

  it('is silent where nothing is new, and its own push moves the cursor', async () => {
    const answer = await secretary.sync({ records: [activity(200)] });
    const cursors = answer.pages.map(({ scope, view, cursor }) => ({ scope, view, ...cursor }));
    expect(answer.more).toBe(false);
    const head = answer.pages.find((page) => page.view === 'member')?.cursor;
    expect(head).toEqual({ n: answer.results[0]?.n, tag: answer.results[0]?.tag });
    expect((await secretary.sync({ cursors })).pages).toEqual([]);
  });

  it('V-09 tells a cursor of another history to begin again', async () => {
    for (const cursor of [
      { n: 3, tag: 'AAAAAAAAAAA' },
      { n: 1_000_000, tag: 'AAAAAAAAAAA' },
    ]) {
      const { pages } = await member.sync({
        cursors: [{ scope: member.branch, view: 'member', ...cursor }],
      });
      const page = pages.find((candidate) => candidate.view === 'member');
      expect(page).toMatchObject({ rows: [], cursor: { n: 0, tag: '' }, more: true, reset: true });
    }
  });

  it('X-02 serves no view that the session does not give, whatever the request names', async () => {
    const foreign = ['desk', 'admin', 'review', 'self'] as const;
    const { pages } = await member.sync({
      cursors: foreign.flatMap((view) => [
        { scope: member.branch, view, n: 0, tag: '' },
        { scope: member.county.id, view, n: 0, tag: '' },
        { scope: personScope(secretary.person), view, n: 0, tag: '' },
      ]),
    });
    expect(new Set(pages.map(({ view }) => view))).toEqual(new Set(['member']));
  });
});

describe('self records', () => {
  it('come back to their owner’s other device, and SQL can’t count anybody’s days', async () => {
    const scope = personScope(member.person);
    const records = Array.from({ length: 5 }, (_, i) => selfRecord(scope, 2 + i));
    const { results } = await member.sync({ records });
    expect(results).toMatchObject([{ from: 2, to: 6, code: 'ok', n: 5 }]);
    const back = (await member.pullAll()).filter((row) => row.kind === 'self');
    expect(back).toEqual(
      records.map((record, i) => ({ ...record, device: member.device, n: i + 1 })),
    );
    const { rows } = await server.pool.query(
      `select v, subject, author, day, at, offset_ms, offset_age, received, audience from records where kind = 'self'`,
    );
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      const { audience, ...told } = row as Record<string, unknown>;
      expect([audience, ...Object.values(told)]).toEqual(['self', ...Array(8).fill(null)]);
    }
  });
});
