/**
 * How much one request carries, up and down. Promises: halves after a failure until it gets
 * through, grows again after fast answers, and remembers what failed, so that a link that cuts
 * after 16 KiB is not tried with more at every turn. All pure; the engine keeps the state.
 */
import { BATCH_MAX, WANT_DEFAULT_BYTES, WANT_MAX_BYTES, WANT_MIN_BYTES } from '#protocol/sync.ts';

/** What a request may take compressed, bytes: 20 s on the slowest link (20 kb/s). */
export const PACKET_MAX_BYTES = 48 * 1024;

/** A slower answer keeps the size: more would bring the request near its limits. */
const FAST_MS = 5_000;
/** After so many good answers what failed once is tried again: the phone has moved on. */
const FORGET_AFTER = 8;

export interface Size {
  now: number;
  /** The most that has got through. */
  good: number;
  /** The least that failed beyond `good`; null when nothing did. */
  ceiling: number | null;
  /** Good answers in a row. */
  streak: number;
}

interface Range {
  min: number;
  max: number;
}

export interface Pace {
  /** Records in a push. */
  batch: Size;
  /** Bytes wanted in a pull. */
  want: Size;
}

const BATCH: Range = { min: 1, max: BATCH_MAX };
const WANT: Range = { min: WANT_MIN_BYTES, max: WANT_MAX_BYTES };

/** 100 records and 64 KiB of rows: about 15 KiB each on the wire, a few seconds on EDGE. */
export const START_PACE: Pace = {
  batch: { now: 100, good: BATCH.min, ceiling: null, streak: 0 },
  want: { now: WANT_DEFAULT_BYTES, good: WANT.min, ceiling: null, streak: 0 },
};

/** What was under way when a request failed. */
export interface Failed {
  records: number;
  /** The request fitted one network packet: its size is not to blame. */
  small: boolean;
  /** The answer had begun. */
  answering: boolean;
}

/** The pace after a failure. */
export function afterFailure(pace: Pace, { records, small, answering }: Failed): Pace {
  const up = records > 0 && (!small || answering);
  const down = answering || records === 0;
  const sent = { ...pace.batch, now: Math.min(pace.batch.now, Math.max(1, records)) };
  return {
    batch: up ? halved(sent, BATCH) : pace.batch,
    want: down ? halved(pace.want, WANT) : pace.want,
  };
}

/** What an answer showed. */
export interface Answered {
  ms: number;
  /** The batch was as large as it might be. */
  fullBatch: boolean;
  /** The server had more rows than fitted. */
  fullPage: boolean;
}

/** The pace after an answer. A half-empty request proves nothing and changes nothing. */
export function afterAnswer(pace: Pace, { ms, fullBatch, fullPage }: Answered): Pace {
  if (ms > FAST_MS || (!fullBatch && !fullPage)) return pace;
  return {
    batch: fullBatch ? grown(pace.batch, BATCH) : pace.batch,
    want: fullPage ? grown(pace.want, WANT) : pace.want,
  };
}

function halved(size: Size, { min }: Range): Size {
  const now = Math.max(min, Math.floor(size.now / 2));
  const proven = size.now <= size.good;
  // A size that has got through may fail by chance; twice in a row is no chance.
  const good = proven && size.streak === 0 ? now : size.good;
  return { now, good, ceiling: proven ? size.ceiling : size.now, streak: 0 };
}

function grown(size: Size, { max }: Range): Size {
  const streak = size.streak + 1;
  const ceiling = streak >= FORGET_AFTER ? null : size.ceiling;
  const next = Math.min(max, size.now * 2);
  const now = ceiling !== null && next >= ceiling ? size.now : next;
  return { now, good: Math.max(size.good, size.now), ceiling, streak };
}
