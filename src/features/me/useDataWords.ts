import { useI18n } from 'vue-i18n';
import type { Person } from '#data/ledger/person.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { readable } from '#domain/fold.ts';
import { useScript } from '#ui/use-script.ts';
import { useTitle } from '#ui/use-title.ts';
import { useWhen } from '#ui/use-when.ts';
import type { DataGroup } from './data-page.ts';
import * as rowsOf from './data-rows.ts';
import type { OwnData } from './own-data.ts';

/** Everything that the county holds about somebody, in plain words and in groups. */
export function useDataWords() {
  const { t, te } = useI18n({ useScope: 'global' });
  const { dateWords } = useWhen();
  const dayOf = (day: string) =>
    day && t('me.data.day', { year: Number(day.slice(0, 4)), day: dateWords(day) });
  const said: rowsOf.Said = {
    ...{ t: (key, values = {}) => t(key, values), te: (key) => te(key) },
    ...{ ...useScript(), ...useTitle(), dayOf },
  };

  /** `places`: what each branch is called. A group without a row is left out, unless it says something by itself. */
  function groupsOf(person: Person, data: OwnData, places: ReadonlyMap<string, Names>) {
    const rows = readable(data.records);
    const office = Object.values(data.office).reduce((sum, count) => sum + count, 0);
    const offices = office ? [{ key: 'office', title: t('me.data.office', { n: office }) }] : [];
    const group = (key: string, told: DataGroup['rows'], note?: string): DataGroup[] =>
      told.length > 0 || note
        ? [{ key, title: t(`me.data.groups.${key}`), rows: told, ...(note ? { note } : {}) }]
        : [];
    const studies = rowsOf.studyRows(said, rows);
    return [
      ...group('who', rowsOf.whoRows(said, person, { rows, places })),
      ...group('terms', rowsOf.termRows(said, rows)),
      ...group('attendance', rowsOf.attendanceRows(said, person.person, data)),
      ...group('said', rowsOf.absenceRows(said, { rows, activities: data.activities })),
      ...group('study', studies, studies.length > 0 ? t('common.only-you') : undefined),
      ...group('consent', rowsOf.consentRows(said, rows)),
      ...group('requests', rowsOf.requestRows(said, rows)),
      ...group('exports', rowsOf.exportRows(said, readable(data.exports))),
      ...group('others', rowsOf.otherRows(said, data.records)),
      ...group('machine', offices, t('me.data.machine')),
      ...group('never', [], t('me.about.not-kept-words')),
    ];
  }

  return { groupsOf, dayOf };
}
