import { computed, inject, onScopeDispose, ref, shallowRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { onceLinksKey } from '#data/once.port.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { drawTable } from './draw-table.ts';
import { codeOf } from './sheet-table.ts';
import { picturesOf, textOf, textRows } from './sheet-text.ts';
import { useSheet } from './useSheet.ts';
import { useSheetFile } from './useSheetFile.ts';
import type { Sheet } from './read-sheet.ts';
import { useSheetLines } from './useSheetLines.ts';
import { useSheetWords } from './useSheetWords.ts';

/** One roll for somebody else's chat, where no file can be saved: pictures, text, a link for one download. */
export function useSend() {
  const links = inject(onceLinksKey);
  if (!links) throw new Error('no links were provided');
  const { id, sheet, lacking, form } = useSheet();
  const { note, make } = useSheetFile(sheet, form);
  const { pictures, show } = usePictures();
  const text = ref('');
  const link = ref('');
  /** The key of the text that says what went wrong. */
  const failed = ref<string | null>(null);

  const said = useSaid(sheet);
  async function draw(): Promise<void> {
    if (!said.value) return;
    failed.value = null;
    const { rows, ...rest } = said.value;
    const drawn = Promise.all(picturesOf(rows).map((part) => drawTable(part, rest)));
    const blobs = await drawn.catch(() => null);
    if (!blobs) return void (failed.value = 'sheets.not-made');
    if (!(await note('picture'))) return void (failed.value = 'sheets.not-written');
    show(blobs);
  }

  async function write(): Promise<void> {
    if (!said.value) return;
    failed.value = null;
    if (!(await note('text'))) return void (failed.value = 'sheets.not-written');
    const { rows, title, head, foot } = said.value;
    text.value = textOf(rows, { head: [title, ...head], foot });
  }

  async function leave(): Promise<void> {
    failed.value = null;
    const file = await make('xlsx').catch(() => null);
    if (!file || typeof file === 'string') return void (failed.value = 'sheets.not-made');
    if (!(await note('xlsx'))) return void (failed.value = 'sheets.not-written');
    const left = await links?.leaveOnce(
      'xlsx',
      new Uint8Array(await new Response(file).arrayBuffer()),
    );
    if (left?.ok) link.value = location.origin + left.value;
    else failed.value = 'sheets.once.not-left';
  }

  return {
    ...{ id, sheet, lacking, pictures, text, link, failed },
    ...{ draw: oneAtATime(draw), write: oneAtATime(write), leave: oneAtATime(leave) },
  };
}

/** What is told of it: the rows, with a head and a foot. */
function useSaid(sheet: Readonly<Ref<Sheet | null>>) {
  const { t } = useI18n({ useScope: 'global' });
  const wordsOf = useSheetWords();
  const { whenOf, numbersOf } = useSheetLines();
  return computed(() => {
    if (!sheet.value) return null;
    const { table } = sheet.value;
    const words = wordsOf(table);
    const code = codeOf(table);
    const late = table.late ? [t('sheets.fact.late')] : [];
    return {
      rows: textRows(table, words),
      title: words.title,
      head: [whenOf(table), numbersOf(table), ...late],
      foot: [code ? t('sheets.code', { code }) : t('sheets.print.no-code')],
    };
  });
}

/** Pictures as addresses that live as long as the page. */
function usePictures() {
  const pictures = shallowRef<string[]>([]);
  function forget(): void {
    pictures.value.forEach((url) => URL.revokeObjectURL(url));
    pictures.value = [];
  }
  onScopeDispose(forget);
  function show(blobs: readonly Blob[]): void {
    forget();
    pictures.value = blobs.map((blob) => URL.createObjectURL(blob));
  }
  return { pictures, show };
}
