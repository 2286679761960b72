import { computed, ref, watch } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { foldForms, readForm, type Form, type FormColumn } from '#domain/forms.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { typedLine } from '#lib/typed-text.ts';
import { standing } from './read-sheet.ts';
import { chosenScope } from './read-scope.ts';

/** As a `form` takes it. */
const NAME_MAX = 30;

/** The branch's 表樣: those that are saved, and the one that is being made of a pasted header row. */
export function useForms() {
  const ledger = useLedger();
  const pasted = ref('');
  const name = ref('');
  const columns = ref<FormColumn[]>([]);
  const wrong = ref(false);
  const failed = ref(false);
  const saved = ref(false);

  const held = useLive(
    () =>
      ledger.atOnce(async () => {
        const scope = await chosenScope(ledger);
        const forms = scope ? foldForms(await standing(ledger, { kind: 'form', scope })) : [];
        return { scope, forms };
      }),
    null,
  );
  watch(pasted, (text) => {
    columns.value = readForm(text);
    // Emptied by saving: what was said stays.
    if (text !== '') saved.value = false;
  });

  async function write(form: Omit<Form, 'id'>): Promise<boolean> {
    const scope = held.value?.scope;
    if (!scope) return false;
    const written = await ledger.write({ kind: 'form', scope, body: form });
    failed.value = !written.ok;
    return written.ok;
  }

  async function save(): Promise<void> {
    const typed = typedLine(name.value);
    wrong.value = typed === '' || typed.length > NAME_MAX;
    if (wrong.value || columns.value.length === 0) return;
    if (!(await write({ name: typed, columns: columns.value.map((one) => ({ ...one })) }))) return;
    [pasted.value, name.value, columns.value, saved.value] = ['', '', [], true];
  }

  /** Puts a saved one back under the hand; saved under its name it takes its own place. */
  function change(form: Form): void {
    name.value = form.name;
    columns.value = form.columns.map((one) => ({ ...one }));
    saved.value = false;
  }

  /** Takes it off the list; what was printed by it stays as it is. */
  const drop = ({ name, columns }: Form) => write({ name, columns, gone: true });

  return {
    loaded: computed(() => held.value !== null),
    scope: computed(() => held.value?.scope ?? null),
    forms: computed(() => held.value?.forms ?? []),
    ...{ pasted, name, columns, wrong, failed, saved },
    ...{ change, save: oneAtATime(save), drop: oneAtATime(drop) },
  };
}
