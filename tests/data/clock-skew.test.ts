import { afterEach, describe, expect, it } from 'vitest';
import { inOrder } from '#domain/fold.ts';
import { engineOver } from '#tests/support/test-engine.ts';
import { accepting } from '#tests/support/scripted-transport.ts';
import {
  ACTIVITY,
  activityRow,
  BRANCH,
  grant,
  joinedLedger,
  pageOf,
} from '#tests/support/test-ledger.ts';

const YEAR_MS = 365.25 * 86_400_000;
const SKEWS = [-10 * YEAR_MS, -3_600_000, 0, 86_400_000, 10 * YEAR_MS];

/** A secretary's phone that is `skew` ms ahead of the truth and has heard the server once. */
async function skewedPhone(truth: string, skew: number) {
  const { ledger, clock } = await joinedLedger('secretary');
  const start = Date.parse(truth);
  clock.set(start + skew);
  const began = clock.monotonic();
  const now = () => start + clock.monotonic() - began;
  const grants = [grant('member'), grant('secretary')];
  const phone = engineOver(ledger, clock, {}, (request) =>
    accepting(request, { grants, now: now() }),
  );
  expect(await phone.engine.syncOnce()).toMatchObject({ ok: true });
  const write = (title: string) =>
    ledger.write({ kind: 'activity', scope: BRANCH, body: { ...ACTIVITY, title } });
  return { ledger, clock, write, ...phone };
}

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe('a phone whose clock is wrong', () => {
  it.each(SKEWS)('S-16 by %d ms writes the county’s day, also around 29 February', async (skew) => {
    // 23:59:40 in Shanghai on the leap day.
    const { clock, write } = await skewedPhone('2028-02-29T15:59:40Z', skew);
    const days: (string | null)[] = [];
    for (const title of ['甲', '乙', '丙']) {
      const saved = await write(title);
      days.push(saved.ok ? saved.value.day : null);
      clock.pass(15_000);
    }
    expect(days).toEqual(['2028-02-29', '2028-02-29', '2028-03-01']);
  });

  it.each(['America/New_York', 'Europe/Berlin', 'Pacific/Auckland'])(
    'S-16 and that is set to %s, where an hour is missing or comes twice, writes the county’s day',
    async (name) => {
      process.env['TZ'] = name;
      const changes = ['2026-03-08T06:59:59Z', '2026-03-29T00:59:59Z', '2026-10-25T00:59:59Z'];
      for (const truth of [...changes, '2026-04-04T13:59:59Z']) {
        const { clock, write } = await skewedPhone(truth, 10 * YEAR_MS);
        for (let hour = 0; hour < 3; hour += 1) {
          const saved = await write('跨时');
          const shanghai = new Date(Date.parse(truth) + hour * 3_600_000 + 8 * 3_600_000);
          expect(saved).toMatchObject({ value: { day: shanghai.toISOString().slice(0, 10) } });
          clock.pass(3_600_000);
        }
      }
    },
  );

  it.each(SKEWS)('S-16 by %d ms and steps back keeps the order of writing', async (skew) => {
    const { ledger, clock, write } = await skewedPhone('2026-06-01T04:00:00Z', skew);
    const titles = ['一', '二', '三', '四', '五'];
    for (const title of titles) {
      await write(title);
      clock.set(clock.now() - 1_000);
    }
    const written = async () =>
      inOrder(await ledger.records({ kind: 'activity' })).map(
        ({ body }) => (body as { title: string }).title,
      );
    expect(await written()).toEqual(titles);
    // Somebody else's, whose phone lives ten years on the other side, came to the county before.
    const [me] = await ledger.people();
    const rows = [1, 2].map((n) =>
      activityRow(n, { at: Date.now() - Math.sign(skew) * 10 * YEAR_MS }),
    );
    await ledger.sync.applyPage(me!, pageOf(rows), { n: 0, tag: '' });
    expect(await written()).toEqual(['活动 1', '活动 2', ...titles]);
  });

  it('S-16 that is put right by a person counts as right with the next answer', async () => {
    const { ledger, clock, write, engine } = await skewedPhone(
      '2026-06-01T04:00:00Z',
      10 * YEAR_MS,
    );
    clock.set(Date.parse('2026-06-01T04:00:00Z'));
    expect(await engine.syncOnce()).toMatchObject({ ok: true });
    expect(await ledger.current()).toMatchObject({ offset: { ms: 0 } });
    expect(await write('对过钟')).toMatchObject({ value: { day: '2026-06-01' } });
  });
});
