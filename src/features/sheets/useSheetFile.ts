import { ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useLedger } from '#data/use-ledger.ts';
import type { ExportForm, ExportWay } from '#domain/bodies/export.ts';
import type { Form } from '#domain/forms.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { saveFile } from '#ui/save-file.ts';
import type { Sheet } from './read-sheet.ts';
import { ownHeads, sheetTable } from './sheet-table.ts';
import { useSheetWords } from './useSheetWords.ts';

const TYPES: Record<ExportForm, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
};

/** A roll as a file, made on this phone; that names left it is written first, for the branch to see. */
export function useSheetFile(sheet: Readonly<Ref<Sheet | null>>, form: Readonly<Ref<Form | null>>) {
  const ledger = useLedger();
  const { t } = useI18n({ useScope: 'global' });
  const wordsOf = useSheetWords();
  /** What became of the last try. */
  const outcome = ref<'saved' | 'not-written' | 'not-made' | null>(null);

  /** Writes that the roll leaves the phone; false where it could not be written: then it stays here. */
  async function note(as: ExportWay): Promise<boolean> {
    if (!sheet.value) return false;
    const { activity, lines } = sheet.value.table;
    const people = lines.filter(({ names }) => names !== null).length;
    const body = { of: 'roll', as, people };
    return (await ledger.write({ kind: 'export', scope: activity.scope, body })).ok;
  }

  async function make(as: ExportForm): Promise<string | Blob> {
    if (!sheet.value) throw new Error('nothing to make a file of');
    const { table } = sheet.value;
    const words = wordsOf(table);
    const rows = sheetTable(table, form.value?.columns ?? ownHeads(words), words);
    const { csvOf, workbookOf } = await import('#ui/write-table.ts');
    return as === 'csv' ? csvOf(rows) : workbookOf(rows, words.title);
  }

  /** Makes the file before the record says so, and hands it out only after. */
  async function take(as: ExportForm): Promise<void> {
    if (!sheet.value) return;
    outcome.value = null;
    const file = await make(as).catch(() => null);
    if (!file) return void (outcome.value = 'not-made');
    if (!(await note(as))) return void (outcome.value = 'not-written');
    const { title, day } = wordsOf(sheet.value.table);
    await saveFile(`${t('sheets.file')}-${title}-${day}.${as}`, TYPES[as], file);
    outcome.value = 'saved';
  }

  return { outcome, note, make, take: oneAtATime(take) };
}
