import { computed, reactive, ref } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { COMPLAINT_MAX, REPLY_TO_MAX, type ComplaintBody } from '#domain/bodies/complaint.ts';
import { COMPLAINT_KIND, COMPLAINT_TOLD_KIND, ownComplaints } from '#domain/complaints.ts';
import { OBJECTION_ABOVE_KIND } from '#domain/objections.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { typedLine } from '#lib/typed-text.ts';

/** Words to those who run the county; they wait on the phone where there is no network. */
export function useComplaint() {
  const ledger = useLedger();
  const form = reactive({ text: '', reply: '' });
  const wrong = ref<'text' | 'text-long' | 'reply-long' | null>(null);
  const failed = ref<string | null>(null);
  const held = useLive(async () => {
    const person = await ledger.current();
    const kind = [COMPLAINT_KIND, COMPLAINT_TOLD_KIND, OBJECTION_ABOVE_KIND];
    const rows = await ledger.records({ kind });
    return { person, own: person ? ownComplaints(person.person, rows).reverse() : [] };
  }, null);

  const send = oneAtATime(async () => {
    const person = held.value?.person;
    const [text, reply] = [typedLine(form.text), typedLine(form.reply)];
    wrong.value = faultOf(text, reply);
    if (!person || wrong.value) return;
    const body: ComplaintBody = { text, ...(reply ? { reply } : {}) };
    const draft = { kind: COMPLAINT_KIND, scope: person.county.id, subject: person.person, body };
    const written = await ledger.write(draft);
    failed.value = written.ok ? null : written.error;
    if (written.ok) Object.assign(form, { text: '', reply: '' });
  });

  return {
    loaded: computed(() => held.value !== null),
    joined: computed(() => (held.value?.person ?? null) !== null),
    own: computed(() => held.value?.own ?? []),
    form,
    wrong,
    failed,
    send,
  };
}

function faultOf(text: string, reply: string) {
  if (text === '') return 'text';
  if (text.length > COMPLAINT_MAX) return 'text-long';
  return reply.length > REPLY_TO_MAX ? 'reply-long' : null;
}
