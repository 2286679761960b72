/**
 * An IndexedDB whose connections the browser ends under the app, as Safari's do when its database
 * process dies and Chrome's when the storage process does: what runs is aborted, every later
 * transaction is refused, and the database itself is whole.
 */
import { forceCloseDatabase, IDBKeyRange } from 'fake-indexeddb';
import { memoryIndexedDB } from './memory-indexeddb.ts';

export interface LosableIndexedDB {
  indexedDB: IDBFactory;
  IDBKeyRange: typeof IDBKeyRange;
  /** Ends every connection now; `silently`: without a `close` event, as Safari sometimes does. */
  lose(how?: 'silently'): void;
  /** Ends them at the next transaction that writes: while it runs, or once it is committed and nobody was told. */
  loseAt(moment: 'in a write' | 'after a commit'): void;
  /** The next so many openings fail. */
  refuse(openings: number): void;
  /** The next opening finds nothing: the browser has thrown the database away. */
  empty(): Promise<void>;
  readonly openings: number;
}

export function losableIndexedDB(): LosableIndexedDB {
  const disk = memoryIndexedDB().indexedDB;
  const connections = new Set<IDBDatabase>();
  const running = new Set<IDBTransaction>();
  let moment: 'in a write' | 'after a commit' | null = null;
  let refused = 0;
  let openings = 0;

  function lose(how?: 'silently'): void {
    for (const transaction of running) abort(transaction);
    for (const connection of connections) {
      if (how) connection.close();
      else forceCloseDatabase(connection as never);
    }
    running.clear();
    connections.clear();
  }

  function follow(transaction: IDBTransaction): void {
    running.add(transaction);
    const at = transaction.mode === 'readwrite' ? moment : null;
    if (at !== null) moment = null;
    if (at === 'in a write') queueMicrotask(() => lose('silently'));
    transaction.addEventListener('complete', (event) => {
      running.delete(transaction);
      if (at !== 'after a commit') return;
      event.stopImmediatePropagation();
      lose('silently');
      transaction.onabort?.(new Event('abort'));
    });
  }

  const open = (...given: Parameters<IDBFactory['open']>) => {
    openings += 1;
    if (refused > 0) {
      refused -= 1;
      throw new DOMException('Connection to Indexed Database server lost.', 'InvalidStateError');
    }
    const request = disk.open(...given);
    request.addEventListener('success', () => watch(request.result, connections, follow));
    return request;
  };
  const indexedDB = new Proxy(disk, {
    get(target, key) {
      if (key === 'open') return open;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return {
    ...{ indexedDB, IDBKeyRange, lose },
    loseAt: (next) => void (moment = next),
    refuse: (count) => void (refused = count),
    async empty() {
      const names = await disk.databases();
      lose('silently');
      for (const { name = '' } of names) disk.deleteDatabase(name);
    },
    get openings() {
      return openings;
    },
  };
}

function watch(
  connection: IDBDatabase,
  connections: Set<IDBDatabase>,
  follow: (transaction: IDBTransaction) => void,
): void {
  connections.add(connection);
  const begin = connection.transaction.bind(connection);
  connection.transaction = (...given) => {
    const transaction = begin(...given);
    follow(transaction);
    return transaction;
  };
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // it was committed in this very moment
  }
}
