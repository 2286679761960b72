import { useI18n } from 'vue-i18n';
import { lunarDate } from './lunar-date.ts';

/** Where each part of the day ends, minutes since midnight; the last one runs to midnight. */
const PARTS_OF_DAY = [
  ['night', 5 * 60],
  ['early', 8 * 60],
  ['morning', 11.5 * 60],
  ['noon', 13 * 60],
  ['afternoon', 18 * 60],
  ['evening', 24 * 60],
] as const;

const DAY_MS = 86_400_000;

/** Days that have a word of their own, by their distance from today. */
const NEAR: Record<string, 'yesterday' | 'today' | 'tomorrow'> = {
  '-1': 'yesterday',
  '0': 'today',
  '1': 'tomorrow',
};

/**
 * Days and times in the words people say. Takes civil days (YYYY-MM-DD) and minutes since midnight,
 * so no zone is involved here: domain/civil-day.ts makes them.
 */
export function useWhen() {
  const { t, locale } = useI18n({ useScope: 'global' });

  /** 11月23日 */
  const dateWords = (day: string) =>
    t('when.date', { month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) });

  const weekdays = () => t('when.weekdays').split(' ');

  /** 11月23日 星期一 */
  const dateLine = (day: string) => {
    const weekday = weekdays()[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7];
    return `${dateWords(day)} ${t('when.weekday', { weekday })}`;
  };

  /** 十月十四, or nothing where the browser does not know the farmers' calendar. */
  const lunarWords = (day: string) => {
    const lunar = lunarDate(day, locale.value);
    return lunar ? lunar.month + (t('when.lunar-days').split(' ')[lunar.day - 1] ?? '') : '';
  };

  /** 2025 年 11 月, of a month YYYY-MM */
  const monthWords = (month: string) =>
    t('when.month', { year: Number(month.slice(0, 4)), month: Number(month.slice(5, 7)) });

  /** 7 点半 */
  const clockWords = (minutes: number) => {
    const hour = Math.floor(minutes / 60);
    const values = {
      hour: hour > 12 ? hour - 12 : hour,
      minute: `${minutes % 60}`.padStart(2, '0'),
    };
    if (minutes % 60 === 0) return t('when.oclock', values);
    return minutes % 60 === 30 ? t('when.half', values) : t('when.minutes', values);
  };

  /** 今晚 7 点半 · 明天上午 9 点 · 11月23日 星期一 下午 3 点 */
  const whenWords = (day: string, minutes: number, today: string) => {
    const part = PARTS_OF_DAY.find(([, end]) => minutes < end)?.[0] ?? 'evening';
    const near = NEAR[String((Date.parse(day) - Date.parse(today)) / DAY_MS)];
    const date = near ? t(`when.${near}`) : `${dateLine(day)} `;
    const partWords =
      near === 'today' && part === 'evening' ? t('when.tonight') : date + t(`when.${part}`);
    return `${partWords} ${clockWords(minutes)}`;
  };

  return { dateWords, dateLine, lunarWords, monthWords, clockWords, whenWords, weekdays };
}
