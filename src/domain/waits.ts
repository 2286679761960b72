/**
 * Records that wait for a person (待核對): kept, shown to the desk, and counting for nothing until
 * somebody decides by a record of their own.
 */

/**
 * same-id: an id that was there with other content · unsealed: no seal of its device covers it ·
 * fork: its device had written another one under that number · after-revocation: it came after its
 * device's end · after-role: it came after its author's role was over · carried: another phone
 * brought it, unsealed. A later server may know more.
 */
export const CONFIRM_REASONS = [
  'same-id',
  'unsealed',
  'fork',
  'after-revocation',
  'after-role',
  'carried',
] as const;
export type ConfirmReason = (typeof CONFIRM_REASONS)[number];

/** Whether it waits. */
export function waits({ confirm }: { confirm?: string | null }): boolean {
  return confirm !== undefined && confirm !== null;
}

/**
 * Whether a `role` record is passed over. One that only lacks its seal came with its device's own token
 * and is acted on by the server (ADR 10): whoever has the role by it is told so everywhere.
 */
export function roleWaits({ confirm }: { confirm?: string | null }): boolean {
  return confirm !== 'unsealed' && waits({ confirm: confirm ?? null });
}

/** The reason that has a text in locales/ under `reasons.confirm`; null where there is none for it. */
export function knownReason(confirm: string | null | undefined): ConfirmReason | null {
  return CONFIRM_REASONS.find((reason) => reason === confirm) ?? null;
}
