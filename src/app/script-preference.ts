import type { Script } from '#ui/use-script.ts';

/** Read by the boot script in index.html too, before any module has loaded. */
const KEY = 'rixue.script';

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

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
