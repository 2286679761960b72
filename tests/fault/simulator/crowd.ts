/** Many phones that come to one server at the same moment, in virtual time but for the server's own work (S-17). */
import { bodyOf } from '#tests/support/bodies.ts';
import type { CrowdLimits } from '#server/http/admission.ts';
import { makeBranch } from './branch.ts';
import type { Network } from './network.ts';
import { createPhone, type SimulatedPhone } from './phone.ts';
import { startSimulatedServer, type SimulatedServer } from './server.ts';

export interface Crowd {
  /** All devices ask for the first time; `writers` others, in step before, each bring a record meanwhile. */
  comeAtOnce(with_?: { writers?: number }): Promise<Came>;
  stop(): Promise<void>;
}

interface Came {
  /** How often a phone was told to come again. */
  turnedAway: number;
  /** Phones that came before the time they were told. */
  early: number[];
  /** Phones that do not hold all in the end, or hold something unsent. */
  behind: number[];
  /** Real time of each answer. */
  answerMs: number[];
  /** Requests with records, and how many without were answered while each of them waited. */
  pushes: { status: number; fetchesBefore: number }[];
}

/** What the branch has when they come. */
const ROWS = 40;
const START = Date.parse('2026-03-01T12:00:00Z');
/** The loop's wait after a write, and then some. */
const DEBOUNCE_MS = 400;
const SECOND_MS = 1_000;
/** Looking into every phone takes time. */
const LOOK_SECONDS = 10;
/** Turned away some dozen times, and each time as long as can be. */
const LIMIT_SECONDS = 600;

export async function startCrowd(devices: number, limits: CrowdLimits): Promise<Crowd> {
  const server = await startSimulatedServer({ crowd: limits });
  server.clock.set(START);
  return {
    async comeAtOnce({ writers = 0 } = {}) {
      const came: Came = { turnedAway: 0, early: [], behind: [], answerMs: [], pushes: [] };
      const line = watchedLine(server, came);
      const roles = Array.from({ length: 1 + writers + devices }, (_, i) =>
        i === 0 ? ('secretary' as const) : ('member' as const),
      );
      const { scope, admissions } = await makeBranch(server, roles);
      const phones = admissions.map((admission, index) => {
        const rest = { chance: Math.random, onBug: raise, onDeath: () => {} };
        return createPhone({ index, admission, network: line, clock: server.clock, ...rest });
      });
      const [desk, ...others] = phones as [SimulatedPhone, ...SimulatedPhone[]];
      const [early, late] = [[desk, ...others.slice(0, writers)], others.slice(writers)];
      for (const phone of early) await phone.start();
      await desk.act((ledger) => ledger.writeAll(activities(scope)));
      await pass(server, early, DEBOUNCE_MS);
      line.begin();
      for (const phone of early.slice(1)) await phone.act((ledger) => ledger.write(STUDY));
      await Promise.all(late.map((phone) => phone.start()));
      while (line.asked() < Math.min(devices, limits.waiting.fetch)) await nextTurn();
      await pass(server, phones, DEBOUNCE_MS);
      for (let second = 0; second < LIMIT_SECONDS; second += 1) {
        if (second % LOOK_SECONDS === 0) came.behind = await behind(phones, scope);
        if (came.behind.length === 0) break;
        await pass(server, phones, SECOND_MS);
      }
      phones.forEach((phone) => phone.stop());
      return came;
    },
    stop: server.stop,
  };
}

const STUDY = { kind: 'study', body: { day: '2026-03-01', minutes: 30, how: 'app' } };

function activities(scope: string) {
  return Array.from({ length: ROWS }, (_, i) => ({
    ...{ kind: 'activity', scope },
    body: { type: 'other', title: `会${i}`, starts: i },
  }));
}

/** The line of everybody, which is good; it notes what matters from `begin` on. */
function watchedLine(server: SimulatedServer, came: Came) {
  const notBefore = new Map<number, number>();
  let watching = false;
  let asked = 0;
  let fetches = 0;
  async function post(phone: number, url: string, init: RequestInit): Promise<Response> {
    if (server.clock.now() < (notBefore.get(phone) ?? 0)) came.early.push(phone);
    const body = init.body as Uint8Array<ArrayBuffer>;
    const headers = new Headers(init.headers);
    headers.set('content-length', String(body.length));
    const before = fetches;
    const began = performance.now();
    asked += 1;
    const response = await server.handle(new Request(url, { method: 'POST', headers, body }));
    if (!response) throw new TypeError('cut');
    if (!watching) return response;
    came.answerMs.push(performance.now() - began);
    const answered = new Uint8Array(await response.clone().arrayBuffer());
    const answer = bodyOf<{ results?: unknown[] }>(answered);
    const pushes = (answer.results ?? []).length > 0;
    if (pushes) came.pushes.push({ status: response.status, fetchesBefore: fetches - before });
    else if (response.ok) fetches += 1;
    if (response.ok) return response;
    came.turnedAway += 1;
    const wait = Number(response.headers.get('retry-after')) * SECOND_MS;
    notBefore.set(phone, server.clock.now() + wait);
    return response;
  }
  return {
    fetchOf: (phone) => (url, init) => post(phone, String(url), init ?? {}),
    waits: () => false,
    begin: () => ([watching, asked] = [true, 0]),
    asked: () => asked,
  } satisfies Pick<Network, 'fetchOf' | 'waits'> & Record<string, unknown>;
}

async function pass(server: SimulatedServer, phones: readonly SimulatedPhone[], ms: number) {
  await settle(phones);
  server.clock.set(server.clock.now() + ms);
  for (const phone of phones) phone.runTimers();
  await settle(phones);
}

async function settle(phones: readonly SimulatedPhone[]) {
  while (!phones.every((phone) => phone.idle())) await nextTurn();
}

const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 1));

async function behind(phones: readonly SimulatedPhone[], scope: string): Promise<number[]> {
  const found: number[] = [];
  for (const { index, ledger } of phones) {
    const held = await ledger.records({ scope });
    if (held.length < ROWS || (await ledger.unsent()) > 0) found.push(index);
  }
  return found;
}

function raise(error: unknown): never {
  throw error;
}
