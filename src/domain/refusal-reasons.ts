/**
 * Why the county did not take a record in, or took it in and waits for a person. Each has a text in
 * locales/ under `reasons`; a meta test checks it. A later server may know more: those are `other`.
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
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** Both contents of one id are kept. */
export const CONFIRM_REASONS = ['same-id', 'to-confirm'] as const;

/** The name of the text for a code that came over the network or from an older version. */
export function reasonText(code: string | null): RefusalReason | 'other' {
  return REFUSAL_REASONS.find((known) => known === code) ?? 'other';
}
