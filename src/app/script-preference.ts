import type { Ledger } from '#data/ledger/ledger.ts';
import type { Script } from '#ui/use-script.ts';

/** Read by the boot script in index.html too, before any module has loaded. */
const KEY = 'rixue.script';
/** The same choice in the ledger. */
const KEPT = 'script';

/** The script that was chosen on this phone, else the one of the phone's language. */
export function preferredScript(): Script {
  const chosen = read();
  if (chosen === 'hans' || chosen === 'hant') return chosen;
  return /^zh-(hant|hk|tw|mo)/i.test(navigator.language) ? 'hant' : 'hans';
}

/** Remembers the choice; where storage is forbidden it holds until the page closes. */
export function rememberScript(script: Script): void {
  try {
    localStorage.setItem(KEY, script);
  } catch {
    // A private window: nothing to do, the screen has changed all the same.
  }
}

/**
 * The choice once more, as durably as a record: Chromium writes the storage above up to a minute late,
 * so that a battery that dies takes the last choice with it. What stands in the ledger is the later one.
 */
export function keepScript(ledger: Pick<Ledger, 'keep' | 'kept'>) {
  return {
    /** The choice that the storage above has lost; null where both say the same. */
    async lost(shown: Script): Promise<Script | null> {
      const chosen = await ledger.kept<Script>(KEPT).catch(() => null);
      return chosen === shown ? null : chosen;
    },
    /** Where the ledger cannot keep it, the storage above has it still. */
    async keep(script: Script): Promise<void> {
      await ledger.keep(KEPT, script).catch(() => undefined);
    },
  };
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
