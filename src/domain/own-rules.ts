/** The branch's own 「五不」: what it typed last, and nothing where it typed none. The app never invents them. */
import { OWN_RULES_MAX, type OwnRulesBody } from './bodies/migrants.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { waits } from './waits.ts';

/** The kind whose records hold them. */
export const OWN_RULES_KIND = 'own-rules';

/** The lines of one branch, of whose records these are. */
export function foldOwnRules(records: readonly Foldable<unknown>[]): string[] {
  const said = inOrder(readable(records)).filter(
    (record) => record.kind === OWN_RULES_KIND && !waits(record),
  );
  return (said[said.length - 1]?.body as OwnRulesBody | undefined)?.lines ?? [];
}

/** As many fields as there may be lines, the typed ones first. */
export function ruleFields(lines: readonly string[]): string[] {
  return Array.from({ length: OWN_RULES_MAX }, (_, at) => lines[at] ?? '');
}
