/**
 * Who may ask the database now, when a whole county's phones come at one moment (S-17).
 *
 * Promises: a bounded number of syncs at once, so that the pool always has a place for joining and
 * health; who brings records goes before who only fetches, and one place in four goes to fetchers all
 * the same, so that neither starves; nobody waits longer than a phone's patience: the phone is told to
 * come again, at moments that are spread. Bounded lines also bound memory.
 */
import type { Random } from '#lib/random.ts';

/** `push`: brings records. */
export type Errand = 'push' | 'fetch';

export interface CrowdLimits {
  /** Syncs at once. */
  places: number;
  /** Waiting requests that bring records, and that do not. */
  waiting: Record<Errand, number>;
  patienceMs: number;
}

/**
 * Eight of the pool's ten connections. A sync takes 10 to 50 ms, so a full line of either kind is
 * through within the patience; a phone itself gives up after 15 s without an answer.
 */
export const CROWD_LIMITS: CrowdLimits = {
  places: 8,
  waiting: { push: 400, fetch: 200 },
  patienceMs: 7_000,
};

/** After so many that brought records one that fetches has its turn. */
const PUSHES_IN_A_ROW = 3;

export interface Admission {
  /** Waits for a place; the answer gives it back. null: come again later. */
  enter(errand: Errand): Promise<(() => void) | null>;
}

type Waiter = (leave: (() => void) | null) => void;

/** One for each process. */
export function createAdmission(limits: CrowdLimits = CROWD_LIMITS): Admission {
  const lines: Record<Errand, Waiter[]> = { push: [], fetch: [] };
  let free = limits.places;
  let pushes = 0;

  /** Gives a place once, to whoever is next. */
  function taken(): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = nextInLine();
      if (next) next(taken());
      else free += 1;
    };
  }

  function nextInLine(): Waiter | undefined {
    const errand = lines.push.length > 0 && !isTurnOfFetch() ? 'push' : 'fetch';
    pushes = errand === 'push' ? pushes + 1 : 0;
    return lines[errand].shift();
  }

  const isTurnOfFetch = () => pushes >= PUSHES_IN_A_ROW && lines.fetch.length > 0;

  return {
    enter(errand) {
      if (free > 0) {
        free -= 1;
        return Promise.resolve(taken());
      }
      const line = lines[errand];
      if (line.length >= limits.waiting[errand]) return Promise.resolve(null);
      return new Promise((resolve) => {
        const waiter: Waiter = (leave) => {
          clearTimeout(timer);
          resolve(leave);
        };
        const timer = setTimeout(() => {
          line.splice(line.indexOf(waiter), 1);
          resolve(null);
        }, limits.patienceMs);
        line.push(waiter);
      });
    },
  };
}

const SOONEST_SECONDS = 5;
const SPREAD_SECONDS = 15;

/** When a phone that was turned away comes again, whole seconds: spread, or the crowd comes back as one. */
export function comeAgainSeconds(random: Random): number {
  const [byte = 0] = random.bytes(1);
  return SOONEST_SECONDS + (byte % SPREAD_SECONDS);
}
