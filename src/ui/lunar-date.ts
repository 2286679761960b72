/** The largest day of a lunar month. */
const LUNAR_DAYS = 30;

/**
 * The month (as the browser writes it) and day (1–30) of the farmers' calendar for a civil day,
 * YYYY-MM-DD; null where the browser does not know that calendar.
 */
export function lunarDate(day: string, locale: string): { month: string; day: number } | null {
  const parts = chineseCalendar(locale)?.formatToParts(Date.parse(`${day}T12:00:00Z`)) ?? [];
  const month = parts.find((part) => part.type === 'month')?.value ?? '';
  const number = Number(parts.find((part) => part.type === 'day')?.value);
  // Some engines write the month as a mere number or with Latin letters: then nothing is better.
  const isWord = /月$/.test(month) && !/\d/.test(month);
  return isWord && number >= 1 && number <= LUNAR_DAYS ? { month, day: number } : null;
}

function chineseCalendar(locale: string): Intl.DateTimeFormat | null {
  try {
    const format = new Intl.DateTimeFormat(`${locale}-u-ca-chinese-nu-latn`, {
      month: 'long',
      day: 'numeric',
      timeZone: 'UTC',
    });
    return format.resolvedOptions().calendar === 'chinese' ? format : null;
  } catch {
    return null;
  }
}
