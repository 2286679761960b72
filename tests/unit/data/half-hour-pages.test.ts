import { describe, expect, it } from 'vitest';
import { ok } from '#lib/result.ts';
import { DAY, studyPhone as phone } from '#tests/support/study-phone.ts';

describe('the half hour on two pages of one phone', () => {
  it('runs on where it was last gone on with; the other page stands still', async () => {
    const { openApp, studies } = phone();
    const [first, second] = [openApp(), openApp()];
    await first.counter.run();
    await first.pass(5 * 60);
    await first.show('hidden');
    await second.counter.open();
    expect(second.counter.get()).toMatchObject({ counted: 300_000, last: null });
    await second.counter.run();
    await second.pass(5 * 60);
    await first.look();
    expect(first.counter.get()).toMatchObject({ counted: 600_000, last: null });
    expect(first.ticking()).toBe(false);
    expect(await second.counter.finish()).toEqual(ok(10));
    await first.show('visible');
    expect(first.counter.get()).toBeNull();
    expect(studies).toEqual([{ day: DAY, minutes: 10, how: 'app' }]);
  });

  it('is recorded once, though both finish it in the same moment', async () => {
    const { openApp, studies, kept } = phone();
    const [first, second] = [openApp(), openApp()];
    await first.counter.run();
    await first.pass(5 * 60);
    await Promise.all([second.counter.finish(), first.counter.finish(), first.look()]);
    expect(studies).toEqual([{ day: DAY, minutes: 5, how: 'app' }]);
    expect(kept.get('half-hour')).toBeNull();
  });

  it('is not brought back by the page that had counted it', async () => {
    const { openApp, studies, kept } = phone();
    const [first, second] = [openApp(), openApp()];
    await first.counter.run();
    await first.pass(5 * 60);
    expect(await second.counter.finish()).toEqual(ok(5));
    await first.pass(60);
    expect(kept.get('half-hour')).toBeNull();
    expect(await first.counter.finish()).toEqual(ok(0));
    expect(studies).toHaveLength(1);
  });

  it('left standing on an earlier day is recorded by one of them', async () => {
    const { openApp, studies, jump } = phone();
    const before = openApp();
    await before.counter.run();
    await before.pass(300);
    jump(86_400_000);
    const [first, second] = [openApp(), openApp()];
    await Promise.all([first.counter.open(), second.counter.open(), before.look()]);
    expect(studies).toEqual([{ day: DAY, minutes: 5, how: 'app' }]);
  });

  it('counts on though it cannot be kept', async () => {
    const { openApp, faults } = phone();
    const app = openApp();
    faults.keep = true;
    await expect(app.counter.run()).rejects.toThrow('full');
    faults.keep = false;
    await app.pass(60);
    expect(await app.counter.finish()).toEqual(ok(1));
  });
});
