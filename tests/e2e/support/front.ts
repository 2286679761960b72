/** Stands before a county and answers single paths otherwise than it would: by request, where the proxy goes by bytes. */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** pass: ask the county · cut: end the connection without a word · or this answer. */
export type Verdict =
  'pass' | 'cut' | { status: number; headers?: Record<string, string>; body?: string };

export interface Front {
  readonly port: number;
  /** Where the county is now; another one after it was started anew elsewhere. */
  target: number;
  /** Asked for each request, before it goes on. */
  rule: (path: string, method: string) => Verdict;
  /** Paths in the order in which they were asked for. */
  readonly asked: string[];
  /** How many requests of a path were under way at once, at most. */
  most(path: string): number;
  /** How many are under way now. */
  now(path: string): number;
  /** Forgets what was asked so far. */
  forget(): void;
  close(): Promise<void>;
}

/** A front that lets everything pass. */
export async function openFront(target: number): Promise<Front> {
  const underWay = new Map<string, { now: number; most: number }>();
  const front = { target, asked: [] as string[], rule: (() => 'pass') as Front['rule'] };
  const server = createServer((incoming, answer) => {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/';
    front.asked.push(path);
    const count = underWay.get(path) ?? { now: 0, most: 0 };
    underWay.set(path, count);
    count.now += 1;
    count.most = Math.max(count.most, count.now);
    answer.once('close', () => (count.now -= 1));
    obey(front.rule(path, incoming.method ?? 'GET'), incoming, answer, front.target);
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(front, {
    port: (server.address() as AddressInfo).port,
    most: (path: string) => underWay.get(path)?.most ?? 0,
    now: (path: string) => underWay.get(path)?.now ?? 0,
    forget() {
      front.asked.length = 0;
      for (const count of underWay.values()) count.most = count.now;
    },
    async close() {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  });
}

function obey(
  verdict: Verdict,
  incoming: IncomingMessage,
  answer: ServerResponse,
  port: number,
): void {
  if (verdict === 'cut') return void incoming.socket.destroy();
  if (verdict !== 'pass') {
    incoming.resume();
    answer.writeHead(verdict.status, verdict.headers).end(verdict.body ?? '');
    return;
  }
  const { method, url, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answered) => {
    answer.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(answer);
  });
  onward.on('error', () => incoming.socket.destroy());
  answer.once('close', () => onward.destroy());
  incoming.pipe(onward);
}
