/** What went through a proxy: raw bytes a connection, HTTP exchanges, and requests sent twice. */
import { decodeBody, parseHttpMessages } from './http-messages.ts';
import type { Direction } from './proxy-connection.ts';

export type Recording = { up: Buffer; down: Buffer };

export type Exchange = {
  /** Which connection, from 0. */
  connection: number;
  method: string;
  path: string;
  requestHeaders: Record<string, string>;
  /** As it was sent, in its content encoding (a test may send a broken one). */
  requestBody: Buffer;
  /** 0 where the answer never came. */
  status: number;
  headers: Record<string, string>;
  /** As the phone reads it: without chunk frames and content encoding. */
  body: Buffer;
  /** False when the answer was cut. */
  complete: boolean;
};

type Open = { up: Buffer[]; down: Buffer[]; unread: Buffer };

export type Recorder = {
  /** @returns the function that takes the bytes of one new connection */
  begin(): (direction: Direction, bytes: Buffer) => void;
  duplicateRequests(count: number, path?: RegExp): void;
  duplicated(): number;
  captured(): Recording[];
  answers(): Exchange[];
  forget(): void;
};

/**
 * @param keep whether bytes are kept at all
 * @param repeat sends a raw request to the server again
 */
export function createRecorder(keep: boolean, repeat: (raw: Buffer) => Promise<void>): Recorder {
  const recordings: Open[] = [];
  let wanted = { count: 0, path: /^/ };
  let duplicated = 0;

  /** Takes whole requests off the front of what has not been read yet. */
  function lookForRequests(open: Open, bytes: Buffer): void {
    open.unread = Buffer.concat([open.unread, bytes]);
    for (const request of parseHttpMessages(open.unread)) {
      if (!request.complete) return;
      open.unread = open.unread.subarray(request.raw.length);
      if (wanted.count === 0 || !wanted.path.test(pathOf(request.start))) continue;
      wanted.count -= 1;
      void repeat(Buffer.from(request.raw)).then(() => (duplicated += 1));
    }
  }
  const captured = () =>
    recordings.map(({ up, down }) => ({ up: Buffer.concat(up), down: Buffer.concat(down) }));

  return {
    begin() {
      const open: Open = { up: [], down: [], unread: Buffer.alloc(0) };
      recordings.push(open);
      return (direction, bytes) => {
        if (direction === 'up') lookForRequests(open, bytes);
        if (keep) open[direction].push(bytes);
      };
    },
    duplicateRequests(count, path = /^/) {
      wanted = { count, path };
    },
    duplicated: () => duplicated,
    captured,
    answers: () => captured().flatMap(exchangesOf),
    forget() {
      // a living connection goes on writing into its own entry
      for (const open of recordings) Object.assign(open, { up: [], down: [] });
      duplicated = 0;
    },
  };
}

const pathOf = (start: string) => start.split(' ')[1] ?? '';
const statusOf = (start: string) => Number(start.split(' ')[1] ?? 0);

function exchangesOf({ up, down }: Recording, connection: number): Exchange[] {
  const requests = parseHttpMessages(up);
  const answers = parseHttpMessages(
    down,
    requests.map(({ start }) => start.split(' ')[0] ?? ''),
  );
  return requests.map((request, at) => {
    const answer = answers[at];
    return {
      connection,
      method: request.start.split(' ')[0] ?? '',
      path: pathOf(request.start),
      requestHeaders: request.headers,
      requestBody: request.body,
      status: answer ? statusOf(answer.start) : 0,
      headers: answer?.headers ?? {},
      body: answer ? decodeBody(answer) : Buffer.alloc(0),
      complete: answer?.complete ?? false,
    };
  });
}
