/** Something that Chromium alone says, and only where it re-creates a database that it found broken. */
interface ToldOfLoss extends IDBVersionChangeEvent {
  /** `none` or `total`; read in Chromium 156, where an emptied CURRENT file gives `total`. */
  readonly dataLoss?: string;
}

export interface OpeningEvents {
  /** The database was made anew; `lost`: the browser says that it had to throw away what was there. */
  onMade(lost: boolean): void;
  /** The browser ended a connection that nobody here closed. */
  onClosed(): void;
}

/**
 * The same factory, whose openings are listened to: Dexie hands neither `dataLoss` on nor the moment
 * at which a connection ends. Safari 14, whose bug Dexie works around for the browser's own factory
 * alone, is below the floor (15).
 */
export function followOpenings(factory: IDBFactory, events: OpeningEvents): IDBFactory {
  const open = (...given: Parameters<IDBFactory['open']>) => {
    const request = factory.open(...given);
    request.addEventListener('upgradeneeded', (event) => {
      const { oldVersion, dataLoss = 'none' } = event as ToldOfLoss;
      if (oldVersion === 0) events.onMade(dataLoss !== 'none');
    });
    request.addEventListener('success', () => {
      request.result.addEventListener('close', () => events.onClosed());
    });
    return request;
  };
  return new Proxy(factory, {
    get(target, name) {
      if (name === 'open') return open;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
