import { computed, nextTick, ref } from 'vue';
import { useRoute } from 'vue-router';
import { useI18n } from 'vue-i18n';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { readSheet } from './read-sheet.ts';
import { useSheetFile } from './useSheetFile.ts';

/** The meeting in the address, and what there is to do with its roll. */
export function useSheet() {
  const route = useRoute();
  const ledger = useLedger();
  const { t } = useI18n({ useScope: 'global' });
  const id = String(route.params['id']);
  const held = useLive(() => ledger.atOnce(() => readSheet(ledger, id)), undefined);
  const sheet = computed(() => (held.value && held.value !== 'desk-only' ? held.value : null));
  /** Why there is none to show; null while there is one, or it is still read. */
  const lacking = computed(() => {
    if (held.value === undefined || sheet.value) return null;
    return held.value === 'desk-only' ? ('desk-only' as const) : ('missing' as const);
  });

  /** A township's form by its name; empty: our own columns. */
  const chosen = ref('');
  const form = computed(() => sheet.value?.forms.find(({ name }) => name === chosen.value) ?? null);
  const forms = computed(() => [
    { value: '', label: t('sheets.form-own') },
    ...(sheet.value?.forms ?? []).map(({ name }) => ({ value: name, label: name })),
  ]);
  /** What the printer gets: as it was called, or to be signed. */
  const filled = ref(false);
  async function print(as: boolean): Promise<void> {
    filled.value = as;
    await nextTick();
    window.print();
  }

  const { outcome, take } = useSheetFile(sheet, form);
  return { id, sheet, lacking, chosen, form, forms, filled, print, outcome, take };
}
