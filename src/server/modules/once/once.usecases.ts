/**
 * Tables for one download (protocol/once.ts), in the memory of this process. Promises: ten minutes, one
 * download, 128 random bits; a link that is over, used or of nobody gives the same answer; looking at
 * its page spends nothing, because a chat looks at a link before any person does.
 */
import type { ExportForm } from '#domain/bodies/export.ts';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { OnceAnswer, OnceRequest } from '#protocol/once.ts';
import type { OnceError, OnceOver } from './once.errors.ts';

/** From one hand to another in one chat. */
const GOOD_MS = 10 * 60_000;
/**
 * A download is over so long after it began. Android's browsers ask twice: once themselves, and once more
 * through the system's download manager; strictly once would leave them an empty file.
 */
const BEGUN_MS = 30_000;
const ID_BYTES = 16;
/** Of one person; the fourth takes the place of the first. */
const OWN_MAX = 3;
/** Of everybody: 30 MB of the machine's memory at most. */
const ALL_MAX = 100;

/** A table that waits. */
export interface OnceFile {
  as: ExportForm;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface OnceDeps {
  clock: Clock;
  random: Random;
}

type Kept = OnceFile & { person: string; until: number };

export interface OnceShelf {
  /** Leaves a table of this person. */
  leave(person: string, request: OnceRequest): Result<OnceAnswer, OnceError>;
  /** The table that the link would give. */
  look(id: string): Result<OnceFile, OnceOver>;
  /** Gives the table, and begins its end. */
  take(id: string): Result<OnceFile, OnceOver>;
}

/** An empty shelf. */
export function createOnceShelf({ clock, random }: OnceDeps): OnceShelf {
  const kept = new Map<string, Kept>();

  function sweep(now: number): void {
    for (const [id, { until }] of kept) if (until <= now) kept.delete(id);
  }

  function makeRoom(person: string): boolean {
    const own = [...kept].filter(([, one]) => one.person === person);
    if (own.length >= OWN_MAX && own[0]) kept.delete(own[0][0]);
    return kept.size < ALL_MAX;
  }

  function find(id: string): Kept | undefined {
    sweep(clock.now());
    return kept.get(id);
  }

  return {
    leave(person, { as, file }) {
      const now = clock.now();
      sweep(now);
      const bytes = fromBase64Url(file);
      if (!bytes) return fail('request.malformed');
      if (!makeRoom(person)) return fail('server.unavailable');
      const id = toBase64Url(random.bytes(ID_BYTES));
      const until = now + GOOD_MS;
      kept.set(id, { person, as, bytes, until });
      return ok({ path: `/once/${id}`, until, now });
    },
    look(id) {
      const found = find(id);
      return found ? ok(found) : fail('once.over');
    },
    take(id) {
      const found = find(id);
      if (!found) return fail('once.over');
      kept.set(id, { ...found, until: Math.min(found.until, clock.now() + BEGUN_MS) });
      return ok(found);
    },
  };
}
