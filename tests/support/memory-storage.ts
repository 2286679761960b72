import type { MirrorStorage } from '#data/ledger/mirror-head.ts';

export interface MemoryStorage extends MirrorStorage {
  readonly values: Map<string, string>;
  /** From now on at most so many characters fit, as in a browser whose storage is full. */
  limit(characters: number): void;
}

/** A localStorage in memory. */
export function memoryStorage(): MemoryStorage {
  const values = new Map<string, string>();
  let most = Infinity;
  return {
    values,
    limit: (characters) => void (most = characters),
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    removeItem: (key) => void values.delete(key),
    setItem(key, value) {
      const others = [...values].filter(([other]) => other !== key);
      const size = others.reduce((sum, [, text]) => sum + text.length, value.length);
      if (size > most) throw new DOMException('full', 'QuotaExceededError');
      values.set(key, value);
    },
  };
}
