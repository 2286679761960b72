/**
 * A TCP proxy that stands between one phone and the server, because the offline switches of
 * browsers do not reach service workers truthfully. Offline = its port is closed. It shapes, cuts
 * after byte k, repeats requests, swallows answers, plays the captive portal and counts bytes
 * (with HTTP headers). The same seed gives the same faults.
 */
import { createServer as createHttpServer } from 'node:http';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { createLane } from './link.ts';
import {
  createConnection,
  type Direction,
  type ProxyConnection,
  type Target,
  type Verdict,
} from './proxy-connection.ts';
import { createRecorder, type Exchange, type Recording } from './proxy-recorder.ts';
import { createSeededRandom } from './seeded-random.ts';
import { createStallClock } from './stall-clock.ts';
import { openLink, type LinkShape } from './village-links.ts';

export type { Exchange, Recording } from './proxy-recorder.ts';

export type ProxyOptions = {
  target: Target;
  seed?: number;
  /** Keeps every byte of both directions, for `captured()` and `answers()`. */
  record?: boolean;
  /** A random free one where it is left out. */
  port?: number;
};

export type Cut = { readonly happened: boolean; done: Promise<void> };

export type Proxy = {
  readonly port: number;
  /** `http://localhost:PORT`, a secure context for Chromium. */
  readonly url: string;
  /** Network on: listens on the same port again. */
  open(): Promise<void>;
  /** Network off: the port is closed and every connection ends. */
  close(): Promise<void>;
  /** Gives the link a new shape; the rest of a shape is an open link. */
  shape(shape: Partial<LinkShape>): void;
  /** Ends a connection after exactly so many bytes of this direction, counted from now; once. */
  cutAfter(cut: { bytes: number; direction: Direction; reset?: boolean }): Cut;
  /** Sends each of the next `count` requests (whose path matches) to the server a second time. */
  duplicateRequests(count: number, path?: RegExp): void;
  /** How many second copies the server has answered. */
  duplicated(): number;
  /** Answers every request with this page and 200, as hotel networks do; null ends it. */
  captivePortal(html: string | null): void;
  /** Requests go through, answers do not, connections stay open; false lets them flow again. */
  stallAnswers(stalled?: boolean): void;
  readonly bytes: { up: number; down: number };
  /** Connections so far. */
  readonly connections: number;
  captured(): Recording[];
  answers(): Exchange[];
  /** Forgets bytes, connections and recordings so far. */
  forget(): void;
};

type CutPlan = { left: number; direction: Direction; reset: boolean; hit: () => void };

/** Below the range from which systems take ports for outgoing connections: it stays ours. */
const PORTS = { from: 20_000, to: 30_000, tries: 50 };
const LOOPBACK = '127.0.0.1';

/** A proxy that listens already. */
export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const random = createSeededRandom(options.seed ?? 1);
  const lanes = { up: createLane(random), down: createLane(random) };
  const recorder = createRecorder(options.record ?? false, (raw) => repeat(options.target, raw));
  const live = new Set<ProxyConnection | Socket>();
  const cuts: CutPlan[] = [];
  const bytes = { up: 0, down: 0 };
  const portal = createHttpServer((request, response) => {
    request.resume().on('end', () => response.end(portalPage));
    response.setHeader('content-type', 'text/html; charset=utf-8');
  });
  let link = openLink;
  let portalPage: string | null = null;
  let connections = 0;
  let cutTimer: NodeJS.Timeout | undefined;
  let server: Server | undefined;

  function endAll(): void {
    for (const each of live) each.destroy();
    live.clear();
  }

  /** Applies the planned cuts, then the link's own, to bytes of one connection. */
  function judge(direction: Direction, length: number, before: number): Verdict {
    const plan = cuts.find((each) => each.direction === direction);
    if (plan && plan.left <= length) {
      cuts.splice(cuts.indexOf(plan), 1);
      plan.hit();
      return { pass: plan.left, cut: true, reset: plan.reset };
    }
    if (plan) plan.left -= length;
    const room = (link.cutEveryBytes ?? Infinity) - before;
    return room <= length
      ? { pass: room, cut: true, reset: false }
      : { pass: length, cut: false, reset: false };
  }

  function accept(client: Socket): void {
    connections += 1;
    client.on('error', () => client.destroy());
    if (portalPage !== null) {
      live.add(client);
      client.on('close', () => live.delete(client));
      portal.emit('connection', client);
      return;
    }
    const record = recorder.begin();
    let total = 0;
    const connection = createConnection({
      client,
      target: options.target,
      lanes,
      rttMs: link.rttMs,
      judge: (direction, length) => judge(direction, length, total),
      passed(direction, part) {
        total += part.length;
        bytes[direction] += part.length;
        record(direction, part);
      },
      closed: () => live.delete(connection),
    });
    live.add(connection);
  }

  const listen = (port: number) =>
    new Promise<Server>((resolve, reject) => {
      const next = createServer({ allowHalfOpen: portalPage === null }, accept);
      next.once('error', reject);
      next.listen(port, LOOPBACK, () => resolve(next));
    });

  async function firstPort(): Promise<number> {
    for (let tries = 0; ; tries += 1) {
      const span = PORTS.to - PORTS.from;
      const port = options.port ?? PORTS.from + Math.floor(Math.random() * span);
      try {
        server = await listen(port);
        return port;
      } catch (error) {
        if (options.port !== undefined || tries > PORTS.tries) throw error;
      }
    }
  }
  const port = await firstPort();

  return {
    port,
    url: `http://localhost:${port}`,
    async open() {
      server ??= await listen(port);
    },
    async close() {
      const closing = server;
      server = undefined;
      const closed = new Promise<void>((resolve) =>
        closing ? closing.close(() => resolve()) : resolve(),
      );
      endAll();
      clearInterval(cutTimer);
      await closed;
    },
    shape(shape) {
      link = { ...openLink, ...shape };
      const { rttMs, loss } = link;
      const stalls = link.stall && createStallClock(link.stall, random, performance.now());
      lanes.up.reshape({ bitsPerSecond: link.upBps, rttMs, loss, stalls });
      lanes.down.reshape({ bitsPerSecond: link.downBps, rttMs, loss, stalls });
      clearInterval(cutTimer);
      if (link.cutEveryMs !== undefined) cutTimer = setInterval(endAll, link.cutEveryMs).unref();
    },
    cutAfter({ bytes: left, direction, reset = false }) {
      let happened = false;
      const done = new Promise<void>((resolve) => {
        const hit = () => {
          happened = true;
          resolve();
        };
        cuts.push({ left, direction, reset, hit });
      });
      return {
        get happened() {
          return happened;
        },
        done,
      };
    },
    duplicateRequests: recorder.duplicateRequests,
    duplicated: recorder.duplicated,
    captivePortal(html) {
      portalPage = html;
      endAll();
    },
    stallAnswers: (stalled = true) => lanes.down.hold(stalled),
    bytes,
    get connections() {
      return connections;
    },
    captured: recorder.captured,
    answers: recorder.answers,
    forget() {
      bytes.up = 0;
      bytes.down = 0;
      connections = 0;
      recorder.forget();
    },
  };
}

/** Sends raw bytes to the server on a connection of their own; resolves at the answer's first byte. */
function repeat(target: Target, raw: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(target, () => socket.write(raw));
    socket.once('data', () => socket.end());
    socket.on('error', () => socket.destroy());
    socket.once('close', () => resolve());
    socket.resume();
  });
}
