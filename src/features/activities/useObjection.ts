import { computed, reactive, ref } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { OBJECTION_MAX, type ObjectionBody } from '#domain/bodies/proof.ts';
import { COMPLAINT_TOLD_KIND } from '#domain/complaints.ts';
import {
  OBJECTION_ABOVE_KIND,
  OBJECTION_KIND,
  ownObjections,
  type OwnObjection,
} from '#domain/objections.ts';
import { ANSWER_KIND } from '#domain/requests.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { typedLine } from '#lib/typed-text.ts';
import { objectionDraft } from './objection-draft.ts';
import { useActivity } from './useActivity.ts';

type To = OwnObjection<unknown>['to'];

/**
 * 「这条不对」: what this person says of their line in the activity of the address, and to whom. What is
 * said past the branch lies in the county's scope alone, so that no phone of the branch ever gets it.
 */
export function useObjection() {
  const ledger = useLedger();
  const { id, view } = useActivity();
  // Nobody is chosen beforehand: what was meant for the county must not reach the secretary by a slip.
  const form = reactive({ to: '' as To | '', text: '' });
  const wrong = ref<'to' | 'text-long' | null>(null);
  const failed = ref(false);
  const more = ref(false);
  const held = useLive(() => ledger.atOnce(() => readOwn(ledger, id)), null);
  const own = computed(() => held.value ?? []);

  /** Opens the form again; what was said to the one is there to be sent to the other, or changed. */
  function sayAlso(to: To): void {
    const [before] = own.value.slice(-1);
    Object.assign(form, { to, text: before?.text ?? '' });
    more.value = true;
  }

  const say = oneAtATime(async () => {
    const text = typedLine(form.text);
    wrong.value = form.to === '' ? 'to' : text.length > OBJECTION_MAX ? 'text-long' : null;
    if (!view.value || form.to === '' || wrong.value) return;
    const draft = objectionDraft(form.to, view.value, text ? { text } : {});
    const written = await ledger.write({ ...draft, subject: view.value.person.person });
    failed.value = !written.ok;
    if (!written.ok) return;
    more.value = false;
    Object.assign(form, { to: '', text: '' });
  });

  /** Takes back what was said to the secretary. */
  const settle = oneAtATime(async () => {
    if (!view.value) return;
    const { activity, person } = view.value;
    const body: ObjectionBody = { activity: id, settled: true };
    const draft = { kind: OBJECTION_KIND, scope: activity.scope, subject: person.person, body };
    failed.value = !(await ledger.write(draft)).ok;
  });

  return {
    id,
    view,
    loaded: computed(() => held.value !== null),
    own,
    /** To whom nothing is said that they have not looked at yet. */
    open: computed(() =>
      (['secretary', 'above'] as const).filter((to) => !waitsFor(own.value, to)),
    ),
    asking: computed(() => own.value.length === 0 || more.value),
    ...{ form, wrong, failed, sayAlso, say, settle },
  };
}

async function readOwn(ledger: ReturnType<typeof useLedger>, activity: string) {
  const person = await ledger.current();
  const kind = [OBJECTION_KIND, OBJECTION_ABOVE_KIND, ANSWER_KIND, COMPLAINT_TOLD_KIND];
  return person ? ownObjections(person.person, activity, await ledger.records({ kind })) : [];
}

function waitsFor(own: readonly OwnObjection<{ state: string }>[], to: To): boolean {
  return own.some((one) => one.to === to && !one.seen && one.record.state !== 'refused');
}
