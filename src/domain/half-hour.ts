/**
 * The half hour (日學半小時) as a pure state: it counts while the screen is seen, by the smaller of
 * wall and monotonic time, and cuts gaps that no reading explains. It counts up, never down, and
 * has no goal to miss (PRODUCT.md, relief).
 */

/** How often a running half hour is looked at and kept, ms: a killed phone loses at most twice this. */
export const TICK_MS = 5_000;

/** A longer silence than this between two looks is no reading: the phone slept or its clock jumped. */
export const GAP_MAX_MS = 15_000;

export interface HalfHour {
  /** Civil day on which it was started; the whole stretch counts for that day. */
  day: string;
  /** Counted so far, ms. */
  counted: number;
  /** Last look while running; null while paused. */
  last: { wall: number; monotonic: number } | null;
}

interface Look {
  wall: number;
  monotonic: number;
}

/** A new half hour, running from now. */
export function startHalfHour(day: string, look: Look): HalfHour {
  return { day, counted: 0, last: look };
}

/** Counts the time since the last look, if the page was visible throughout; stays running. */
export function tickHalfHour(state: HalfHour, look: Look, visible: boolean): HalfHour {
  if (!state.last) return state;
  return { ...state, counted: state.counted + (visible ? seen(state.last, look) : 0), last: look };
}

/** Counts up to now and stands still. */
export function pauseHalfHour(state: HalfHour, look: Look, visible: boolean): HalfHour {
  return { ...tickHalfHour(state, look, visible), last: null };
}

/** Runs on from now; what lay between does not count. */
export function resumeHalfHour(state: HalfHour, look: Look): HalfHour {
  return { ...state, last: look };
}

/** What a restart finds: paused, with what had been kept. */
export function reopenHalfHour(state: HalfHour): HalfHour {
  return { ...state, last: null };
}

/** Whole minutes counted so far. */
export function minutesOf(state: HalfHour): number {
  return Math.floor(state.counted / 60_000);
}

function seen(from: Look, to: Look): number {
  const passed = Math.min(to.wall - from.wall, to.monotonic - from.monotonic);
  return passed > 0 && passed <= GAP_MAX_MS ? passed : 0;
}
