/**
 * Why the county did not take a record in (why one waits for a person: waits.ts). Each has a text in
 * locales/ under `reasons.refused`; a meta test checks it. A later server may know more: those are `other`.
 */
export const REFUSAL_REASONS = [
  'malformed',
  'device',
  'author',
  'not-encrypted',
  'unknown-kind',
  'body',
  'scope',
  'writer',
  'size',
  'report-code',
  'report-old',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** The name of the text for a code that came over the network or from an older version. */
export function reasonText(code: string | null): RefusalReason | 'other' {
  return REFUSAL_REASONS.find((known) => known === code) ?? 'other';
}
