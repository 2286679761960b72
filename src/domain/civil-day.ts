/** The civil day of Asia/Shanghai, which has stood at UTC+8 without summer time since 1991 (PRODUCT.md, domain rules). */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

const DAY_MS = 86_400_000;

/** The day (YYYY-MM-DD) in Asia/Shanghai of a corrected time in ms, whatever the phone's zone. */
export function civilDay(time: number): string {
  return new Date(time + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** Minutes since midnight in Asia/Shanghai of a corrected time in ms. */
export function civilMinutes(time: number): number {
  return Math.floor(((((time + SHANGHAI_OFFSET_MS) % DAY_MS) + DAY_MS) % DAY_MS) / 60_000);
}

/** The time in ms at which `day` begins in Asia/Shanghai, plus `minutes`. */
export function civilTime(day: string, minutes = 0): number {
  return Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET_MS + minutes * 60_000;
}

/** Whether a text is a real day written YYYY-MM-DD. */
export function isCivilDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day `count` days after (before, when negative) `day`. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}
