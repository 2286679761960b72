/**
 * One direction of a slow link, shared by all connections that use it.
 *
 * Bytes travel in segments of 1,400 bytes. Segments of all connections take turns; each needs its
 * length over the bandwidth to leave, and half a round trip to arrive. A lost segment arrives
 * late by one retransmission and holds back what follows on the same connection, as TCP does.
 * Order within a connection never changes and nothing is dropped.
 */
import type { StallClock } from './stall-clock.ts';

export type LaneShape = {
  bitsPerSecond: number;
  rttMs: number;
  /** Chance (0 to 1) that a segment is lost once. */
  loss: number;
  stalls?: StallClock | undefined;
};

export type LaneQueue = {
  push(bytes: Buffer): void;
  /** Calls `ended` when all that was pushed has arrived. */
  end(): void;
  /** Forgets everything that has not arrived. */
  drop(): void;
  /** Bytes that have not left yet. */
  waiting(): number;
};

export type Lane = {
  reshape(shape: LaneShape): void;
  /** While held nothing leaves; what is on its way still arrives. */
  hold(held: boolean): void;
  queue(to: QueueOptions): LaneQueue;
};

export type QueueOptions = {
  arrived: (bytes: Buffer) => void;
  ended: () => void;
  /** Told after each departure, so that a paused sender can go on. */
  departed: () => void;
  /** Milliseconds before a first segment can have arrived: a new connection's handshake and way. */
  earliestMs: number;
};

export const SEGMENT = 1400;
/** TCP's retransmission timer on slow links; two round trips where that is longer. */
const LEAST_RETRANSMISSION_MS = 600;

export const openLane: LaneShape = { bitsPerSecond: Infinity, rttMs: 0, loss: 0 };

type Item = { bytes: Buffer | null; at: number };
type State = { pending: Buffer[]; waiting: number; ended: boolean; listed: boolean };

/** @param random numbers from 0 to 1 that decide which segments are lost */
export function createLane(random: () => number): Lane {
  let shape = openLane;
  let held = false;
  let freeAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const turns: (() => boolean)[] = [];

  /** Lets segments leave, one connection after the other, as long as the link is free. */
  function run(): void {
    timer = undefined;
    while (!held && turns.length > 0) {
      const wait = (shape.stalls?.freeFrom(freeAt) ?? freeAt) - performance.now();
      if (wait > 0) {
        timer = setTimeout(run, wait);
        return;
      }
      const turn = turns.shift();
      if (turn?.()) turns.push(turn);
    }
  }

  /** @returns when the segment arrives, on performance.now()'s scale; books the link for it */
  function depart(length: number): number {
    freeAt += (length * 8 * 1000) / shape.bitsPerSecond;
    const lost = shape.loss > 0 && random() < shape.loss;
    const late = lost ? Math.max(LEAST_RETRANSMISSION_MS, 2 * shape.rttMs) : 0;
    return freeAt + shape.rttMs / 2 + late;
  }

  function wake(turn: () => boolean): void {
    if (turns.length === 0) freeAt = Math.max(freeAt, performance.now());
    turns.push(turn);
    if (timer === undefined) run();
  }

  return {
    reshape(next) {
      shape = next;
      freeAt = performance.now();
      clearTimeout(timer);
      run();
    },
    hold(next) {
      held = next;
      clearTimeout(timer);
      freeAt = Math.max(freeAt, performance.now());
      run();
    },
    queue: (to) => createQueue(to, depart, wake),
  };
}

function createQueue(
  to: QueueOptions,
  depart: (length: number) => number,
  wake: (turn: () => boolean) => void,
): LaneQueue {
  const readyAt = performance.now() + to.earliestMs;
  const state: State = { pending: [], waiting: 0, ended: false, listed: false };
  const delivery = createDelivery(to, readyAt);

  /** Sends one segment; true while there is more. */
  function turn(): boolean {
    const next = state.pending.shift();
    if (next) {
      state.waiting -= next.length;
      delivery.add(next, depart(next.length));
      to.departed();
    }
    if (state.pending.length > 0) return true;
    state.listed = false;
    if (state.ended) delivery.add(null, 0);
    return false;
  }
  function list(): void {
    if (state.listed) return;
    state.listed = true;
    wake(turn);
  }
  return {
    push(bytes) {
      for (let at = 0; at < bytes.length; at += SEGMENT) {
        state.pending.push(bytes.subarray(at, at + SEGMENT));
      }
      state.waiting += bytes.length;
      list();
    },
    end() {
      state.ended = true;
      list();
    },
    drop() {
      state.pending = [];
      state.waiting = 0;
      delivery.drop();
    },
    waiting: () => state.waiting,
  };
}

/** The half of a queue that is already on its way: hands over in order, each at its time. */
function createDelivery(to: QueueOptions, readyAt: number) {
  const items: Item[] = [];
  let last = readyAt;
  let timer: NodeJS.Timeout | undefined;

  function run(): void {
    timer = undefined;
    for (let next = items[0]; next; next = items[0]) {
      const wait = next.at - performance.now();
      if (wait > 0) {
        timer = setTimeout(run, wait);
        return;
      }
      items.shift();
      if (next.bytes) to.arrived(next.bytes);
      else to.ended();
    }
  }
  return {
    add(bytes: Buffer | null, at: number) {
      last = Math.max(last, at);
      items.push({ bytes, at: last });
      if (timer === undefined) run();
    },
    drop() {
      items.length = 0;
      clearTimeout(timer);
    },
  };
}
