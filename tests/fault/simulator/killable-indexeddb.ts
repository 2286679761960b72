/**
 * A phone's disk and the lives that use it. Each life of the app sees the same IDBFactory through a
 * door of its own; when it is killed, its open transactions are undone, its connections end and its
 * door stays shut, while what was committed is there for the next life.
 */

export interface Life {
  indexedDB: IDBFactory;
  readonly dead: boolean;
  /** Dies now. */
  kill(how?: Death): void;
  /**
   * Dies at the `acts`-th act from now: a transaction begun (dies in it) or committed (before the code
   * learns of it); 0: now.
   */
  killAt(acts: number): void;
}

/** Where a life was when it ended; `stopped`: the schedule is over. */
export type Death = 'in-a-transaction' | 'after-a-commit' | 'asleep' | 'on-the-line' | 'stopped';

/** Opens a door to `disk`; `onDeath` is called once. */
export function beginLife(disk: IDBFactory, onDeath: (how: Death) => void): Life {
  const connections = new Set<IDBDatabase>();
  const running = new Set<IDBTransaction>();
  let dead = false;
  let left = Infinity;

  function kill(how: Death = 'stopped'): void {
    if (dead) return;
    dead = true;
    for (const transaction of running) abort(transaction);
    for (const connection of connections) connection.close();
    onDeath(how);
  }

  function act(die: () => void): void {
    left -= 1;
    if (left === 0) die();
  }

  function follow(transaction: IDBTransaction): void {
    running.add(transaction);
    // First of all listeners: the code that waits for the commit must not hear of it.
    transaction.addEventListener('complete', () => {
      running.delete(transaction);
      act(() => kill('after-a-commit'));
    });
    transaction.addEventListener('abort', () => running.delete(transaction));
    act(() => setImmediate(() => kill('in-a-transaction')));
  }

  const open = (name: string, version?: number) => {
    if (dead) return silent();
    const request = disk.open(name, version);
    request.addEventListener('success', () => {
      if (dead) return request.result.close();
      watch(request.result, connections, follow);
    });
    return request;
  };
  const door = new Proxy(disk, {
    get: (target, key) => {
      if (key === 'open') return open;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {
    indexedDB: door,
    get dead() {
      return dead;
    },
    kill,
    killAt: (acts) => (acts === 0 ? kill('asleep') : (left = acts)),
  };
}

/** What a process that is gone waits for: it never comes. */
function silent(): IDBOpenDBRequest {
  return new EventTarget() as IDBOpenDBRequest;
}

function watch(
  connection: IDBDatabase,
  connections: Set<IDBDatabase>,
  follow: (transaction: IDBTransaction) => void,
): void {
  if (connections.has(connection)) return;
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
