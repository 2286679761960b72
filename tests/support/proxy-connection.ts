/** One connection through the proxy: two sockets, two queues, cuts at an exact byte. */
import { connect, type Socket } from 'node:net';
import type { Lane, LaneQueue } from './link.ts';

export type Direction = 'up' | 'down';
export type Target = { host: string; port: number };

/** What the proxy decides for bytes that are about to be handed over. */
export type Verdict = { pass: number; cut: boolean; reset: boolean };

export type ConnectionOptions = {
  client: Socket;
  target: Target;
  lanes: Record<Direction, Lane>;
  rttMs: number;
  /** Asked before bytes are handed over: how many may pass, and whether to cut after them. */
  judge: (direction: Direction, length: number) => Verdict;
  passed: (direction: Direction, bytes: Buffer) => void;
  closed: () => void;
};

export type ProxyConnection = { destroy(reset?: boolean): void };

/** A sender is paused while so many bytes of it wait: about what a phone's modem would buffer. */
const MOST_WAITING = 32 * 1024;

/** A handshake takes one round trip before the first byte leaves, which then needs half of one. */
const HANDSHAKE_AND_WAY = 1.5;

export function createConnection(options: ConnectionOptions): ProxyConnection {
  const { client, target, lanes } = options;
  const server = connect({ ...target, allowHalfOpen: true, noDelay: true });
  client.setNoDelay(true);
  let alive = true;
  let cutting = false;

  function destroy(reset = false): void {
    if (!alive) return;
    alive = false;
    up.drop();
    down.drop();
    for (const socket of [client, server]) {
      if (reset) socket.resetAndDestroy();
      else socket.destroy();
    }
    options.closed();
  }
  const up = pipe(client, server, 'up');
  const down = pipe(server, client, 'down');

  function pipe(from: Socket, to: Socket, direction: Direction): LaneQueue {
    const queue = lanes[direction].queue({
      earliestMs: direction === 'up' ? HANDSHAKE_AND_WAY * options.rttMs : 0,
      arrived: (bytes) => handOver(to, direction, bytes),
      ended: () => alive && to.end(),
      departed: () => alive && queue.waiting() < MOST_WAITING && from.resume(),
    });
    from.on('data', (bytes: Buffer) => {
      queue.push(bytes);
      if (queue.waiting() >= MOST_WAITING) from.pause();
    });
    from.on('end', () => queue.end());
    from.on('error', () => destroy());
    from.on('close', () => (client.destroyed && server.destroyed ? destroy() : undefined));
    return queue;
  }

  function handOver(to: Socket, direction: Direction, bytes: Buffer): void {
    if (!alive || cutting) return;
    const { pass, cut, reset } = options.judge(direction, bytes.length);
    const part = bytes.subarray(0, pass);
    if (part.length > 0) options.passed(direction, part);
    if (!cut) to.write(part);
    else if (part.length === 0) destroy(reset);
    else {
      cutting = true;
      to.write(part, () => destroy(reset)); // the bytes before the cut do arrive
    }
  }
  return { destroy };
}
