/**
 * Which script a person reads in, kept twice. localStorage is what the boot script in index.html and
 * the first screen read; but Chromium writes it up to a minute late, so that a battery that dies takes
 * the last choice with it. The ledger has it as durably as a record. The later of the two counts.
 */
import type { LedgerDatabase } from '#data/ledger/database.ts';
import { keepValue, keptValue } from '#data/ledger/kept.ts';
import type { Clock } from '#lib/clock.ts';
import type { Script } from '#ui/use-script.ts';

/** Read by the boot script in index.html too, before any module has loaded. */
const KEY = 'rixue.script';
/** When that was chosen, and what: an older build writes the choice alone, and is then the later one. */
const CHOSEN_KEY = 'rixue.script-chosen';
/** In the ledger, of the phone and not of one person. */
const KEPT = 'script';
const OF_THE_PHONE = '';
/** A choice that is not there by then may wait for the next start; the first screen may not. */
const LOOK_MS = 500;

interface Choice {
  script: Script;
  /** Milliseconds of this phone's clock. */
  at: number;
}

/** localStorage; undefined where it is forbidden. */
type Small = Pick<Storage, 'getItem' | 'setItem'> | undefined;

/** The script that localStorage knows, else the one of the phone's language. */
export function preferredScript(storage: Small, language = navigator.language): Script {
  const chosen = read(storage, KEY);
  if (chosen === 'hans' || chosen === 'hant') return chosen;
  return /^zh-(hant|hk|tw|mo)/i.test(language) ? 'hant' : 'hans';
}

/** Remembers choices in both places; without storage a choice holds until the page closes. */
export function createScriptMemory(deps: {
  db: LedgerDatabase | null;
  storage: Small;
  clock: Clock;
}) {
  const { db, storage, clock } = deps;
  return {
    async remember(script: Script): Promise<void> {
      const at = clock.now();
      write(storage, KEY, script);
      write(storage, CHOSEN_KEY, `${script} ${at}`);
      const choice: Choice = { script, at };
      if (db) await keepValue(db, OF_THE_PHONE, KEPT, choice).catch(() => undefined);
    },
    /** A choice of this phone that localStorage has lost; null where there is none, or no answer soon. */
    async lost(): Promise<Script | null> {
      const late = new Promise<null>((done) => setTimeout(done, LOOK_MS, null));
      const looking = db ? keptValue<Choice>(db, OF_THE_PHONE, KEPT) : null;
      const kept = await Promise.race([looking, late]).catch(() => null);
      return kept && kept.at > knownSince(storage) ? kept.script : null;
    },
  };
}

/** When what localStorage knows was chosen; never, where it knows nothing. */
function knownSince(storage: Small): number {
  const script = read(storage, KEY);
  if (script === null) return -Infinity;
  const [of, at] = (read(storage, CHOSEN_KEY) ?? '').split(' ');
  return of === script ? Number(at) : Infinity;
}

function read(storage: Small, key: string): string | null {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function write(storage: Small, key: string, value: string): void {
  try {
    storage?.setItem(key, value);
  } catch {
    // Full or forbidden: the screen has changed all the same.
  }
}
