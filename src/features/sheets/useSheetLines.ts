import { useI18n } from 'vue-i18n';
import { civilDay, civilMinutes } from '#domain/civil-day.ts';
import type { RollTable } from '#domain/roll-table.ts';
import { useWhen } from '#ui/use-when.ts';

/** Where a part of the day ends, minutes since midnight. */
const ENDS = { morning: 12 * 60, afternoon: 18 * 60 };

/** When a meeting was and how many came, in one line each. */
export function useSheetLines() {
  const { t } = useI18n({ useScope: 'global' });
  const { dateLine, clockWords } = useWhen();

  /** 2026年3月20日 星期五 晚上 7 点半: a paper is read years later. */
  function whenOf({ activity }: RollTable): string {
    const day = civilDay(activity.starts);
    const minutes = civilMinutes(activity.starts);
    return t('sheets.when', {
      year: day.slice(0, 4),
      day: dateLine(day),
      time: clockWords(minutes),
      half: t(`sheets.half.${halfOf(minutes)}`),
    });
  }

  /** Counts without a name, fit for a group: 应到 only where somebody is waited for. */
  function numbersOf({ expected, here, count, paper }: RollTable): string {
    const parts: [string, number][] = [
      ['expected', expected],
      ['present', here],
      ['paper', paper.here],
      ['online', count.online],
      ['leave', count.leave],
    ];
    return parts
      .filter(([part, n]) => n > 0 || part === 'present')
      .map(([part, n]) => t(`sheets.count.${part}`, { n }))
      .join('，');
  }

  return { whenOf, numbersOf };
}

function halfOf(minutes: number): 'morning' | 'afternoon' | 'evening' {
  if (minutes < ENDS.morning) return 'morning';
  return minutes < ENDS.afternoon ? 'afternoon' : 'evening';
}
