import { computed, reactive, ref, watch } from 'vue';
import { useLedger } from '#data/use-ledger.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { emptyDraft, readDraft, type DraftError, type StudyDraft } from './study-draft.ts';
import { useStudyDay } from './useStudyDay.ts';

/** Under this name the half typed form is kept. */
const DRAFT = 'study-draft';

/** Writing down study afterwards. What is typed survives leaving the page. */
export function useAddStudy() {
  const ledger = useLedger();
  const { loaded, joined, today } = useStudyDay();
  const draft = reactive<StudyDraft>(emptyDraft(today.value));
  const wrong = ref<DraftError | null>(null);
  const failed = ref<string | null>(null);
  const saved = ref<number | null>(null);
  /** The form waits for it, so that what was kept never falls upon what is being typed. */
  const fetched = ref(false);

  void ledger.kept<StudyDraft>(DRAFT).then((kept) => {
    if (kept) Object.assign(draft, kept);
    fetched.value = true;
  });
  // On a full phone what is typed stays on the screen alone: saving will say so.
  const keepDraft = () => void ledger.keep(DRAFT, { ...draft }).catch(() => undefined);
  watch(draft, () => fetched.value && saved.value === null && keepDraft());

  const save = oneAtATime(async () => {
    const read = readDraft(draft, today.value);
    wrong.value = read.ok ? null : read.error;
    if (!read.ok) return;
    const written = await ledger.write({ kind: 'study', body: read.value });
    failed.value = written.ok ? null : written.error;
    if (!written.ok) return;
    saved.value = read.value.minutes;
    await ledger.keep(DRAFT, null);
  });

  function another(): void {
    Object.assign(draft, emptyDraft(today.value));
    saved.value = null;
  }

  const errorOf = (...fields: DraftError[]) =>
    computed(() => (wrong.value && fields.includes(wrong.value) ? wrong.value : null));
  return {
    loaded: computed(() => loaded.value && fetched.value),
    joined,
    today,
    draft,
    failed,
    saved,
    save,
    another,
    dayError: errorOf('day', 'day-later'),
    minutesError: errorOf('minutes'),
    noteError: errorOf('note'),
  };
}
