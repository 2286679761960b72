/**
 * A phone without a screen: the real data and sync code over an IndexedDB in memory, for load,
 * faults and benches. Runs under tsx from any folder. Each device has its own IDBFactory;
 * globalThis.fetch is looked up at each call, so that a test can put a fault in its place.
 */
import { createLedger } from '#data/ledger/create-ledger.ts';
import type { Ledger, LedgerRecord, SavedRecord } from '#data/ledger/ledger.ts';
import type { Person } from '#data/ledger/person.ts';
import { isSelfKind } from '#domain/kinds.ts';
import type { Clock } from '#lib/clock.ts';
import { createIds } from '#lib/ids.ts';
import type { Result } from '#lib/result.ts';
import { createSyncEngine, type SyncEngine } from '#sync/engine.ts';
import { createFetchTransport } from '#sync/fetch-transport.ts';
import { createJoining } from '#sync/joining.ts';
import { createSyncStatus } from '#sync/status.ts';
import type { Transport } from '#sync/transport.port.ts';
import { memoryIndexedDB } from './memory-indexeddb.ts';

export interface HeadlessDeviceOptions {
  /** Origin of the server or of a proxy before it, such as `http://localhost:8080`. */
  server: string;
  /** The whole link or the secret in its fragment. */
  invitation: string;
  clock?: Clock;
  /** In the place of the network. */
  transport?: Transport;
}

export interface HeadlessDevice {
  /** Joins by the invitation; again after a failure. */
  enrol(): Promise<Person>;
  /**
   * Saves a record. Self kinds go to the person's own scope; others to `to.scope`, or to the first
   * place in which the person has a role.
   */
  record(
    kind: string,
    body: unknown,
    to?: { scope?: string; subject?: string },
  ): Promise<SavedRecord>;
  /** Sends and fetches until nothing is left. */
  sync(): Promise<{ pushed: number; pulled: number; requests: number }>;
  /** Everything that this device holds for its person. */
  records(): Promise<LedgerRecord[]>;
  close(): Promise<void>;
  readonly ledger: Ledger;
  readonly engine: SyncEngine;
}

/** What a verb rejects with: `code` is the app's, such as `network.unreachable`. */
export class DeviceError extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'DeviceError';
  }
}

/** A new, empty device; it does nothing before `enrol`. */
export async function createHeadlessDevice(
  options: HeadlessDeviceOptions,
): Promise<HeadlessDevice> {
  const clock = options.clock ?? realClock;
  const ids = createIds({ clock, random });
  const { subtle } = globalThis.crypto;
  const ledger = createLedger({
    clock,
    ids,
    random,
    crypto: globalThis.crypto,
    ...memoryIndexedDB(),
    name: `ledger-${ids.next()}`,
  });
  const transport =
    options.transport ??
    createFetchTransport({
      server: options.server.replace(/\/+$/, ''),
      clock,
      fetch: (input, init) => globalThis.fetch(input, init),
    });
  const engine = createSyncEngine({
    ledger,
    transport,
    clock,
    status: createSyncStatus(),
    schedule,
    subtle,
    random,
  });
  const joining = createJoining({ ledger, transport, ids, random, subtle });
  return {
    enrol: async () => valueOf(await joining.join(secretOf(options.invitation))),
    async record(kind, body, to = {}) {
      const scope = to.scope ?? (isSelfKind(kind) ? undefined : await firstPlace(ledger));
      return valueOf(
        await ledger.write({
          kind,
          body,
          ...(scope ? { scope } : {}),
          subject: to.subject ?? null,
        }),
      );
    },
    async sync() {
      const { pushed, pulled, requests } = valueOf(await engine.syncOnce());
      return { pushed, pulled, requests };
    },
    records: () => ledger.records(),
    async close() {
      engine.stop();
      ledger.close();
    },
    ledger,
    engine,
  };
}

const realClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

const random = {
  bytes: (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
};

function schedule(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

function secretOf(invitation: string): string {
  return invitation.slice(invitation.indexOf('#') + 1);
}

async function firstPlace(ledger: Ledger): Promise<string | undefined> {
  return (await ledger.current())?.grants[0]?.scope;
}

function valueOf<T>(result: Result<T, string>): T {
  if (!result.ok) throw new DeviceError(result.error);
  return result.value;
}
