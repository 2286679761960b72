/**
 * 表樣: the header row of a township's own table, pasted once. Each header is told by its words what it
 * stands for; one that nothing here knows is left for a pen, and the desk puts right what was guessed.
 */
import { typedLine, typedLineOf } from '#lib/typed-text.ts';
import type { Column, FormBody } from './bodies/closing.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { waits } from './waits.ts';

/** As many as fit an A4 sheet, and as a `form` takes. */
const FORM_COLUMNS_MAX = 24;
const HEADER_MAX = 30;

export type FormColumn = FormBody['columns'][number];

/** A form that is in use: what was saved, and under which record it was first saved. */
export interface Form extends FormBody {
  id: string;
}

/**
 * Words of a header, in both scripts, and what the column holds: the first that fits decides, so what
 * is longer comes first (簽到情況 is a state, 簽到 a place to sign).
 */
const WORDS: readonly (readonly [RegExp, Column])[] = [
  [/到[会會]|出勤|考勤|[参參][会會加]|出席|[签簽]到(情[况況]|[状狀][态態])|[状狀][态態]/, 'state'],
  [/[签簽](名|字|到)|本人/, 'signature'],
  [/[组組]/, 'group'],
  [/正式|[预預][备備]|[类類][别別型]|身份/, 'membership'],
  [/(党|黨)[员員](编|編)[号號]|^ID$/i, 'id'],
  [/序|^[编編]?[号號]$|^no\.?$|^#$/i, 'number'],
  [/姓名|名字|^[党黨][员員]$/, 'name'],
  [/地[点點]|[场場]所/, 'place'],
  [/日期|[时時][间間]|年月/, 'day'],
  [/活[动動]|[会會][议議]|主[题題]/, 'activity'],
];

/**
 * The columns of a pasted header row: between tabs, else commas, else runs of spaces; quotes of a text
 * table and empty ends are passed over. Nothing to read gives no column.
 */
export function readForm(text: string): FormColumn[] {
  const line = text.split(/\r?\n/).find((one) => one.trim() !== '') ?? '';
  const separator = [/\t/, /[,，、;；|]/].find((sign) => sign.test(line)) ?? /[\s\u3000]+/;
  return line
    .split(separator)
    .map(headerOf)
    .filter((header) => header !== '')
    .slice(0, FORM_COLUMNS_MAX)
    .map((header) => ({ header, is: guess(header) }));
}

/** The forms in use among these records, in the order in which they were first saved; one that waits for a person is none yet. */
export function foldForms(records: readonly Foldable<unknown>[]): Form[] {
  const forms = new Map<string, Form>();
  for (const { kind, id, body, confirm = null } of inOrder(readable(records))) {
    if (kind !== 'form' || waits({ confirm })) continue;
    const form = body as FormBody;
    const before = forms.get(form.name);
    if (form.gone) forms.delete(form.name);
    else forms.set(form.name, { ...form, id: before?.id ?? id });
  }
  return [...forms.values()];
}

/** What the column of this header holds, as far as its words say. */
function guess(header: string): Column {
  const bare = header.replace(/[\s\u3000]/g, '');
  return WORDS.find(([word]) => word.test(bare))?.[1] ?? 'blank';
}

function headerOf(cell: string): string {
  return typedLineOf(HEADER_MAX, typedLine(cell).replace(/^"(.*)"$/, '$1'));
}
