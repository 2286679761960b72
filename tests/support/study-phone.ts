/** A phone for the half hour alone: its memory outlives the app, its clock and its screens are turned by the test. */
import { createHalfHour } from '#data/half-hour.ts';
import type { StudyBody } from '#domain/bodies/study.ts';
import { civilTime } from '#domain/civil-day.ts';
import { fail, ok, type Result } from '#lib/result.ts';

export const DAY = '2025-11-23';
const EVENING = civilTime(DAY, 19 * 60);

/** `openApp` opens one more page of it; the pages share what is kept. */
export function studyPhone(start = EVENING) {
  const kept = new Map<string, unknown>();
  const studies: StudyBody[] = [];
  const faults = { write: false, keep: false, keepAfterWrite: false };
  const screen = { person: 'p' };
  const own = (name: string) => (screen.person === 'p' ? name : `${screen.person} ${name}`);
  let wall = start;
  let monotonic = 0;
  let tabs = 0;
  const locks = turnsOfAll();

  function openApp() {
    let visibility: DocumentVisibilityState = 'visible';
    tabs += 1;
    let onVisibility: EventListener = () => undefined;
    let onTick: (() => void) | null = null;
    const counter = createHalfHour({
      ledger: {
        current: async () => ({ ...screen, offset: null }),
        keep: async (name, value) => {
          if (value === null && faults.keepAfterWrite) throw new Error('killed');
          if (faults.keep) throw new Error('full');
          kept.set(own(name), JSON.parse(JSON.stringify(value)));
        },
        kept: async (name) => kept.get(own(name)) ?? null,
        records: async () => studies.map((body) => ({ body })),
        write: async ({ body }): Promise<Result<null, 'not-kept'>> => {
          if (faults.write) return fail('not-kept');
          studies.push(body);
          return ok(null);
        },
      },
      tab: `tab ${tabs}`,
      locks,
      clock: { now: () => wall, monotonic: () => monotonic },
      document: {
        get visibilityState() {
          return visibility;
        },
        addEventListener: (_: string, listener: EventListenerOrEventListenerObject) => {
          onVisibility = listener as EventListener;
        },
        removeEventListener: () => undefined,
      },
      every: (_, run) => {
        onTick = run;
        return () => (onTick = null);
      },
    });
    return {
      counter,
      ticking: () => onTick !== null,
      /** Lets seconds pass, with a look every 5 s while the app looks. */
      async pass(seconds: number) {
        for (let i = 0; i < seconds; i += 5) {
          wall += 5_000;
          monotonic += 5_000;
          onTick?.();
          await counter.open();
        }
      },
      /** A look of its own, no time passes. */
      async look() {
        onTick?.();
        await counter.open();
      },
      async show(next: DocumentVisibilityState) {
        visibility = next;
        onVisibility(new Event('visibilitychange'));
        await counter.open();
      },
    };
  }
  const jump = (ms: number) => (wall += ms);
  return { openApp, studies, faults, jump, kept, screen };
}

/** What a browser promises of one lock. */
function turnsOfAll(): LockManager {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_: string, run: () => Promise<unknown>) => (last = last.then(run, run));
  return { request } as unknown as LockManager;
}
