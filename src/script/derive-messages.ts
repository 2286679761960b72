/**
 * The traditional messages, derived from the simplified ones: same keys in the same order, message
 * by message, then the corrections of a person who read them. For scripts and tests: it loads the
 * phrase dictionaries.
 */
import { toHans } from './to-hans.ts';
import { toHant } from './to-hant.ts';

export type Messages = { [key: string]: string | Messages };

/** Dotted key → the whole message as it shall read. */
export type Corrections = Readonly<Record<string, string>>;

export interface Derived {
  readonly messages: Messages;
  /** What a person has to look at, one sentence each; empty when all is well. */
  readonly complaints: readonly string[];
}

/** `source` in traditional. A message that cannot be read back, or lost a placeholder, is named. */
export function deriveHant(source: Messages, corrections: Corrections): Derived {
  const complaints: string[] = [];
  const unused = new Set(Object.keys(corrections));

  function walk(node: Messages, prefix: string): Messages {
    const entries = Object.entries(node).map(([key, value]): [string, string | Messages] => {
      const path = prefix + key;
      if (typeof value !== 'string') return [key, walk(value, `${path}.`)];
      unused.delete(path);
      const hant = corrections[path] ?? toHant(value);
      complaints.push(...complain(path, value, hant));
      return [key, hant];
    });
    return Object.fromEntries(entries);
  }

  const messages = walk(source, '');
  for (const path of unused) complaints.push(`${path}: corrected, but there is no such message`);
  return { messages, complaints };
}

/** What vue-i18n fills in or follows: `{name}`, `@:key`, and the bars between plural forms. */
export function placeholders(message: string): string[] {
  return message.match(/\{[^}]*\}|@(?:\.\w+)?:[\w.-]+|\|/gu) ?? [];
}

/** The file's text. */
export function formatMessages(messages: Messages): string {
  return `${JSON.stringify(messages, null, 2)}\n`;
}

function complain(path: string, hans: string, hant: string): string[] {
  const complaints: string[] = [];
  if (toHans(hant) !== hans) complaints.push(`${path}: reads back as ${toHans(hant)}, not ${hans}`);
  if (placeholders(hant).join() !== placeholders(hans).join()) {
    complaints.push(`${path}: placeholders differ`);
  }
  return complaints;
}
