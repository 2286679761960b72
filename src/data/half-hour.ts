/**
 * The running half hour, one for the whole app: it goes on while its person walks through the
 * screens, counts only while the page is in sight, and is kept at every look, so that a killed
 * phone loses at most two of them (10 s). Free of Vue; screens follow it as a store.
 *
 * Two pages of one phone share one half hour: the page that last said "go on" counts, the other sees
 * at its next look that what is kept is no longer its own, and stands still. Minutes are neither lost
 * nor counted twice.
 *
 * At midnight in Shanghai the stretch is recorded for the day that ended and a new one runs on.
 * One that is found from an earlier day is recorded at once: nothing waits for a tap.
 */
import { civilDay } from '#domain/civil-day.ts';
import {
  pauseHalfHour,
  resumeHalfHour,
  startHalfHour,
  TICK_MS,
  tickHalfHour,
  type HalfHour,
} from '#domain/half-hour.ts';
import { correctedNow, type Clock, type ClockOffset } from '#lib/clock.ts';
import { ok, type Result } from '#lib/result.ts';
import { createHalfHourStore, type StudyLedger } from './half-hour-store.ts';

type Page = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;

export interface HalfHourDeps<E> {
  ledger: StudyLedger<E> & {
    current(): Promise<{ person: string; offset: ClockOffset | null } | null>;
  };
  clock: Clock;
  document: Page;
  /** A name that no other page has. */
  tab: string;
  /** Lets the verbs of all pages in one after another; where there are none, this page's alone. */
  locks?: LockManager | undefined;
  /** Calls again and again until the returned function is called. */
  every?: (ms: number, run: () => void) => () => void;
}

export interface HalfHourCounter<E = unknown> {
  /** Null while nothing was started; `last` is null while it stands still. */
  get(): HalfHour | null;
  subscribe(listener: () => void): () => void;
  /** Finds what was kept for the current person; call it whenever a screen shows the half hour. */
  open(): Promise<void>;
  /** Starts, or goes on. */
  run(): Promise<void>;
  pause(): Promise<void>;
  /** Ends it and writes the minutes as study; says how many. Nothing is lost when that fails. */
  finish(): Promise<Result<number, E>>;
}

/** Shared with every later version. */
const LOCK = 'rixue-half-hour';

/** What the counter is provided under. */
export const halfHourKey = Symbol('half hour');

/** Makes the app's one counter. */
export function createHalfHour<E>(deps: HalfHourDeps<E>): HalfHourCounter<E> {
  const counter = new RunningHalfHour(deps);
  const inTurn = createTurns(deps.locks);
  const tick = () => void inTurn(() => counter.tick());
  counter.everyTick = () => (deps.every ?? everyInterval)(TICK_MS, tick);
  deps.document.addEventListener('visibilitychange', tick);
  return {
    get: () => counter.state,
    subscribe: (listener) => counter.subscribe(listener),
    open: () => inTurn(() => counter.open()),
    run: () => inTurn(() => counter.run()),
    pause: () => inTurn(() => counter.pause()),
    finish: () => inTurn(() => counter.finish()),
  };
}

/** Its verbs must not overlap: `createHalfHour` lets them in one after another. */
class RunningHalfHour<E> {
  state: HalfHour | null = null;
  /** Starts ticking; returns how to stop. */
  everyTick: () => () => void = () => () => undefined;
  private person: string | null = null;
  private offset: ClockOffset | null = null;
  /** What is in `state` has been saved by this page or read by it. */
  private isKept = false;
  private wasVisible: boolean;
  private stopTicking: (() => void) | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly store;

  constructor(private readonly deps: HalfHourDeps<E>) {
    this.store = createHalfHourStore(deps.ledger, deps.tab);
    this.wasVisible = this.isVisible();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async open(): Promise<void> {
    await this.follow();
    await this.endEarlierDay();
  }

  /**
   * Another person on the screen has a half hour of their own; what ran stays kept for its person.
   * Another page may have gone on with this one, or ended it: then what is kept decides.
   */
  private async follow(): Promise<void> {
    const now = await this.deps.ledger.current();
    const person = now?.person ?? null;
    const kept = person ? await this.store.load() : null;
    this.offset = now?.offset ?? null;
    const isOwn = kept ? kept.by === this.deps.tab : !this.isKept;
    if (isOwn && person === this.person) return;
    this.person = person;
    this.isKept = kept !== null;
    this.set(kept?.state ?? null);
  }

  async run(): Promise<void> {
    await this.open();
    if (!this.person || this.state?.last) return;
    const look = this.look();
    await this.save(
      this.state ? resumeHalfHour(this.state, look) : startHalfHour(this.today(), look),
    );
  }

  async pause(): Promise<void> {
    await this.follow();
    if (this.state) await this.save(pauseHalfHour(this.state, this.look(), this.wasVisible));
  }

  async finish(): Promise<Result<number, E>> {
    await this.pause();
    if (!this.state) return ok(0);
    const written = await this.store.record(this.state);
    if (written.ok) this.set(null);
    return written;
  }

  async tick(): Promise<void> {
    const visibleUntilNow = this.wasVisible;
    this.wasVisible = this.isVisible();
    await this.follow();
    if (!this.state?.last) return;
    await this.save(tickHalfHour(this.state, this.look(), visibleUntilNow));
    await this.endEarlierDay();
  }

  private async endEarlierDay(): Promise<void> {
    if (!this.state || this.state.day === this.today()) return;
    const running = this.state.last;
    if (!(await this.store.record(this.state)).ok) return;
    this.set(null);
    if (running) await this.save(startHalfHour(this.today(), running));
  }

  private async save(next: HalfHour): Promise<void> {
    this.set(next);
    await this.store.save(next);
    this.isKept = true;
  }

  private set(next: HalfHour | null): void {
    this.state = next;
    this.isKept &&= next !== null;
    if (next?.last) this.stopTicking ??= this.everyTick();
    else {
      this.stopTicking?.();
      this.stopTicking = null;
    }
    for (const listener of this.listeners) listener();
  }

  private look() {
    return { wall: this.deps.clock.now(), monotonic: this.deps.clock.monotonic() };
  }

  private today(): string {
    return civilDay(correctedNow(this.deps.clock, this.offset));
  }

  private isVisible(): boolean {
    return this.deps.document.visibilityState === 'visible';
  }
}

function everyInterval(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}

/** Runs what it is given one after another; a failure reaches its caller and stops nobody else. */
function createTurns(locks: LockManager | undefined): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(run: () => Promise<T>) => {
    const alone = () => (locks ? (locks.request(LOCK, run) as Promise<T>) : run());
    const next = last.then(alone, alone);
    last = next;
    return next;
  };
}
