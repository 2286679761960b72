const FULL_WIDTH_ZERO = 0xff10;

/**
 * The digits in what was typed, at most `length` of them. Chinese keyboards may give
 * full-width digits (０–９), people put spaces between groups; both are fine.
 */
export function digitsOf(typed: string, length: number): string {
  return typed
    .replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - FULL_WIDTH_ZERO))
    .replace(/\D/g, '')
    .slice(0, length);
}
