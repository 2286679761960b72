/**
 * The line between phones and server: `fetch` for each phone, over which the schedule's faults come.
 * A request that is held waits for a release; its phone gives up after a minute of virtual time, and
 * what it had sent may still arrive then, however late and however often.
 */
import type { Life } from './killable-indexeddb.ts';
import type { History } from './history.ts';
import type { SimulatedServer } from './server.ts';
import { EDGES, type LineFault } from './steps.ts';

export interface Network {
  fetchOf(phone: number, life: Life): typeof fetch;
  arm(phone: number, fault: LineFault, at: number): void;
  setOffline(phone: number, off: boolean): void;
  /** Everything in the air reaches the other side. */
  release(reverse: boolean): Promise<void>;
  /** Phones that have waited for a minute give up. */
  giveUp(): void;
  /** Whether the server has answered all it was given, also to phones that are gone. */
  quiet(): boolean;
  /** Whether this life waits for something held. */
  waits(life: Life): boolean;
  /** From now on the line is good. */
  heal(): Promise<void>;
}

/** Told of each request as it is sent, and of each answer as the server gives it. */
export interface Observer {
  sent(phone: number, bytes: Uint8Array): void;
  answered(phone: number, request: Uint8Array, answer: Uint8Array, status: number): void;
}

const CUTS: readonly LineFault[] = ['cut-up', 'cut-down', 'short-answer'];

/** The whole attempt's limit of the transport. */
const GIVE_UP_MS = 55_000;

interface InTheAir {
  life: Life | null;
  since: number;
  go(): Promise<void>;
  fail(): void;
}

interface Answer {
  status: number;
  headers: Headers;
  bytes: Uint8Array<ArrayBuffer>;
}

interface Sent {
  phone: number;
  url: string;
  headers: Headers;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A good line until something is armed. */
export function createNetwork(
  server: SimulatedServer,
  { count }: History,
  observer: Observer,
): Network {
  const armed = new Map<number, { fault: LineFault; at: number }>();
  const offline = new Set<number>();
  let air: InTheAir[] = [];
  let atTheServer = 0;

  async function deliver(sent: Sent, upTo = sent.bytes.length): Promise<Answer> {
    atTheServer += 1;
    try {
      return await handOver(sent, upTo);
    } finally {
      atTheServer -= 1;
    }
  }

  async function handOver(sent: Sent, upTo: number): Promise<Answer> {
    const headers = new Headers(sent.headers);
    headers.set('content-length', String(sent.bytes.length));
    const body = sent.bytes.slice(0, upTo);
    const request = new Request(sent.url, { method: 'POST', headers, body });
    const response = await server.handle(request);
    if (!response) throw cut();
    const bytes = new Uint8Array(await response.arrayBuffer());
    observer.answered(sent.phone, sent.bytes, bytes, response.status);
    return { status: response.status, headers: response.headers, bytes };
  }

  function hold(life: Life, work: () => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const go = () => work().then(resolve, reject);
      air.push({ life, since: server.clock.now(), go, fail: () => reject(cut()) });
    });
  }

  async function meet(sent: Sent, life: Life, fault: LineFault, at: number): Promise<Answer> {
    const share = (bytes: Uint8Array) => Math.floor(at * bytes.length);
    if (EDGES.some((edge) => edge === at) && CUTS.includes(fault)) count('cut-at-an-edge');
    switch (fault) {
      case 'lost':
        throw cut();
      case 'portal':
        return portal();
      case 'answer-lost':
        await deliver(sent);
        throw cut();
      case 'cut-up':
        await deliver(sent, share(sent.bytes));
        throw cut();
      case 'cut-down':
      case 'short-answer': {
        const answer = await deliver(sent);
        return { ...answer, bytes: answer.bytes.slice(0, share(answer.bytes)) };
      }
      case 'dies-sending':
        life.kill('on-the-line');
        return deliver(sent);
      case 'dies-hearing':
        return deliver(sent);
      case 'twice':
        return (await Promise.all([deliver(sent), deliver(sent)]))[1];
      case 'again-later': {
        const go = () =>
          deliver(sent).then(
            () => undefined,
            () => undefined,
          );
        air.push({ life: null, since: server.clock.now(), go, fail: () => {} });
        return deliver(sent);
      }
      case 'held':
        return hold(life, () => deliver(sent));
      case 'answer-held': {
        const answer = await deliver(sent);
        return hold(life, async () => answer);
      }
    }
  }

  async function post(phone: number, life: Life, sent: Sent): Promise<Response> {
    observer.sent(phone, sent.bytes);
    if (offline.has(phone)) {
      count('offline');
      throw cut();
    }
    const met = armed.get(phone);
    armed.delete(phone);
    if (!met) return responseOf(await deliver(sent));
    count(met.fault);
    const answer = await meet(sent, life, met.fault, met.at);
    if (met.fault === 'cut-down') return responseOf(answer, (body) => body.error(cut()));
    if (met.fault === 'dies-hearing') return responseOf(answer, () => life.kill('on-the-line'));
    return responseOf(answer);
  }

  async function release(reverse: boolean): Promise<void> {
    const now = reverse ? air.toReversed() : air;
    if (air.length > 0) count('released');
    if (reverse && air.length > 1) count('reordered');
    air = [];
    for (const each of now) await each.go();
  }

  return {
    fetchOf: (phone, life) => async (url, init) => {
      const bytes = init?.body as Uint8Array<ArrayBuffer>;
      const sent = { phone, url: String(url), headers: new Headers(init?.headers), bytes };
      const answer = life.dead ? null : await post(phone, life, sent).catch(() => cut());
      // A process that is gone hears nothing any more.
      if (life.dead || !answer) return new Promise(() => {});
      if (answer instanceof Error) throw answer;
      return answer;
    },
    arm: (phone, fault, at) => void armed.set(phone, { fault, at }),
    setOffline: (phone, off) => void (off ? offline.add(phone) : offline.delete(phone)),
    release,
    giveUp() {
      for (const each of air)
        if (each.life && server.clock.now() - each.since >= GIVE_UP_MS) {
          each.life = null;
          each.fail();
        }
    },
    quiet: () => atTheServer === 0,
    waits: (life) => air.some((each) => each.life === life),
    async heal() {
      armed.clear();
      offline.clear();
      await release(false);
    },
  };
}

function cut(): TypeError {
  return new TypeError('cut');
}

function portal(): Answer {
  const headers = new Headers({ 'content-type': 'text/html' });
  return { status: 200, headers, bytes: new Uint8Array([60, 112, 62]) };
}

type Ending = (body: ReadableStreamDefaultController) => void;

/** `ending`: what comes after the last byte in the place of the end. */
function responseOf({ status, headers, bytes }: Answer, ending?: Ending): Response {
  if (!ending) return new Response(bytes, { status, headers });
  const body = new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
    },
    pull: ending,
  });
  return new Response(body, { status, headers });
}
