import { describe, expect, it } from 'vitest';
import { civilTime } from '#domain/civil-day.ts';
import { fail, ok } from '#lib/result.ts';
import { DAY, studyPhone as phone } from '#tests/support/study-phone.ts';

describe('the half hour', () => {
  it('counts up while it is seen and becomes one study record', async () => {
    const { openApp, studies } = phone();
    const app = openApp();
    await app.counter.run();
    await app.pass(18 * 60);
    expect(await app.counter.finish()).toEqual(ok(18));
    expect(studies).toEqual([{ day: DAY, minutes: 18, how: 'app' }]);
    expect(app.counter.get()).toBeNull();
    expect(app.ticking()).toBe(false);
  });

  it('of one person is never counted, kept or recorded for another on the same phone', async () => {
    const { openApp, studies, kept, screen } = phone();
    const app = openApp();
    await app.counter.run();
    await app.pass(120);
    screen.person = 'q';
    await app.pass(60);
    expect(await app.counter.finish()).toEqual(ok(0));
    expect(studies).toEqual([]);
    expect(kept.get('q half-hour') ?? null).toBeNull();
    screen.person = 'p';
    expect(await app.counter.finish()).toEqual(ok(2));
    expect(studies).toEqual([{ day: DAY, minutes: 2, how: 'app' }]);
  });

  it('stands still while paused and while another app is in front', async () => {
    const { openApp } = phone();
    const app = openApp();
    await app.counter.run();
    await app.pass(60);
    await app.counter.pause();
    await app.pass(600);
    await app.counter.run();
    await app.pass(60);
    await app.show('hidden');
    await app.pass(600);
    await app.show('visible');
    await app.pass(60);
    expect(app.counter.get()?.counted).toBe(180_000);
  });

  it('loses at most 10 s when the phone is killed, and reopens standing still', async () => {
    const { openApp } = phone();
    const before = openApp();
    await before.counter.run();
    await before.pass(300);
    const after = openApp();
    await after.counter.open();
    expect(after.counter.get()?.last).toBeNull();
    expect(after.counter.get()?.counted).toBeGreaterThanOrEqual(290_000);
    await after.counter.run();
    await after.pass(60);
    expect(await after.counter.finish()).toEqual(ok(6));
  });

  it('is recorded once when the phone is killed between writing and clearing', async () => {
    const { openApp, studies, faults } = phone();
    const before = openApp();
    await before.counter.run();
    await before.pass(300);
    faults.keepAfterWrite = true;
    await expect(before.counter.finish()).rejects.toThrow('killed');
    faults.keepAfterWrite = false;
    const after = openApp();
    await after.counter.open();
    expect(after.counter.get()).toBeNull();
    expect(studies).toHaveLength(1);
  });

  it('keeps the minutes when they could not be written', async () => {
    const { openApp, studies, faults } = phone();
    const app = openApp();
    await app.counter.run();
    await app.pass(300);
    faults.write = true;
    expect(await app.counter.finish()).toEqual(fail('not-kept'));
    faults.write = false;
    const after = openApp();
    await after.counter.open();
    expect(await after.counter.finish()).toEqual(ok(5));
    expect(studies).toHaveLength(1);
  });

  it('ends the day at midnight in Shanghai and runs on', async () => {
    const { openApp, studies } = phone(civilTime(DAY, 23 * 60 + 50));
    const app = openApp();
    await app.counter.run();
    await app.pass(15 * 60);
    expect(studies).toEqual([{ day: DAY, minutes: 10, how: 'app' }]);
    expect(app.counter.get()).toMatchObject({ day: '2025-11-24', counted: 300_000 });
    expect(app.ticking()).toBe(true);
  });

  it('records by itself what was left standing on an earlier day', async () => {
    const { openApp, studies, jump } = phone();
    const before = openApp();
    await before.counter.run();
    await before.pass(300);
    await before.counter.pause();
    jump(86_400_000);
    const after = openApp();
    await after.counter.open();
    expect(studies).toEqual([{ day: DAY, minutes: 5, how: 'app' }]);
    expect(after.counter.get()).toBeNull();
  });

  it('makes no record of a mistaken tap', async () => {
    const { openApp, studies } = phone();
    const app = openApp();
    await app.counter.run();
    await app.pass(20);
    expect(await app.counter.finish()).toEqual(ok(0));
    expect(studies).toEqual([]);
  });

  it('ignores what was kept by somebody else: a broken value is no half hour', async () => {
    const { openApp, kept } = phone();
    kept.set('half-hour', { counted: 'many' });
    const app = openApp();
    await app.counter.open();
    expect(app.counter.get()).toBeNull();
  });
});
