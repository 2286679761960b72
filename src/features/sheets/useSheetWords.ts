import { useI18n } from 'vue-i18n';
import { civilDay } from '#domain/civil-day.ts';
import type { RollLine, RollTable } from '#domain/roll-table.ts';
import { useScript } from '#ui/use-script.ts';
import { useTitle } from '#ui/use-title.ts';
import type { SheetWords } from './sheet-table.ts';

/** What a sheet says of a roll, in the reader's script. */
export function useSheetWords(): (table: RollTable) => SheetWords {
  const { t } = useI18n({ useScope: 'global' });
  const { labelOf, groupOf } = useScript();
  const { titleOf } = useTitle();

  /** A name, and who is among guests or has none. */
  function nameIn(line: RollLine): string {
    const { names, byName, namesake } = line;
    return names ? labelOf({ names, byName, namesake }) : '';
  }

  function remarkOf(line: RollLine): string {
    const { part, toConfirm, excluded, amended } = line;
    const marks = [
      part === 'own' ? null : `sheets.remark.${part}`,
      excluded && 'sheets.remark.excluded',
      toConfirm && 'sheets.remark.to-confirm',
      amended && 'sheets.remark.amended',
    ];
    return marks.flatMap((key) => (key ? t(key) : [])).join('　');
  }

  function wordsOf({ activity }: RollTable): SheetWords {
    return {
      headOf: (column) => t(`sheets.head.${column}`),
      checkOf: (column) => t(`sheets.check.${column}`),
      factOf: (fact) => t(`sheets.fact.${fact}`),
      labelOf: nameIn,
      groupOf,
      membershipOf: (membership) => (membership ? t(`desk.membership.${membership}`) : ''),
      stateOf: (state) => (state === 'none' ? '' : t(`activities.state.${state}`)),
      howOf: (how) => (how ? t(`sheets.how.${how}`) : ''),
      remarkOf,
      title: titleOf(activity.title),
      day: civilDay(activity.starts),
      yes: t('sheets.yes'),
    };
  }

  return wordsOf;
}
