import { computed, reactive, ref, watch } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { NOTICE_MAX, type NoticeBody } from '#domain/bodies/closing.ts';
import { addDays, isCivilDay } from '#domain/civil-day.ts';
import { ERASURE_KIND } from '#domain/erasure.ts';
import { foldNotices, NOTICE_KIND, type Notice } from '#domain/notices.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { typedLine } from '#lib/typed-text.ts';
import { useClock } from '#ui/use-clock.ts';
import { readDeskBranch } from './desk-branch.ts';

/** So many days a notice is shown where nobody says otherwise. */
const USUAL_DAYS = 7;

/** One line to everybody in the branch, until a day; and the way to take one back. */
export function useNotice() {
  const ledger = useLedger();
  const clock = useClock();
  const held = useLive(
    () =>
      ledger.atOnce(async () => {
        const branch = await readDeskBranch(ledger, clock);
        const { scope, today } = branch;
        const rows = scope ? await ledger.records({ kind: NOTICE_KIND, scope }) : [];
        const states = new Map(rows.map(({ id, state }) => [id, state]));
        const notices = foldNotices(rows, today).map((one) => ({
          ...one,
          state: states.get(one.id) ?? 'saved',
        }));
        return { branch, notices };
      }),
    null,
  );
  const form = reactive({ text: '', until: '' });
  const wrong = ref<'text' | 'text-long' | 'until' | null>(null);
  const failed = ref(false);
  watch(held, (now) => {
    if (now && !form.until) form.until = addDays(now.branch.today, USUAL_DAYS);
  });

  const write = oneAtATime(async () => {
    const { scope, today } = held.value?.branch ?? {};
    const body: NoticeBody = { text: typedLine(form.text), until: form.until };
    wrong.value = faultOf(body, today ?? '');
    if (!scope || wrong.value) return;
    const written = await ledger.write({ kind: NOTICE_KIND, scope, body });
    failed.value = !written.ok;
    if (written.ok) form.text = '';
  });

  /** Its words go from every phone, each when it next has a network. */
  async function takeBack({ id, scope }: Notice): Promise<void> {
    const body = { records: [id] };
    failed.value = !(await ledger.write({ kind: ERASURE_KIND, scope, body })).ok;
  }

  return {
    branch: computed(() => held.value?.branch ?? null),
    notices: computed(() => held.value?.notices ?? []),
    ...{ form, wrong, failed, write },
    takeBack: oneAtATime(takeBack),
  };
}

function faultOf({ text, until }: NoticeBody, today: string) {
  if (text === '') return 'text';
  if (text.length > NOTICE_MAX) return 'text-long';
  return isCivilDay(until) && until >= today ? null : 'until';
}
