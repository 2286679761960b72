import { computed, ref } from 'vue';
import { useRoute } from 'vue-router';
import { useLedger } from '#data/use-ledger.ts';
import type { SecondBody } from '#domain/bodies/second.ts';
import { SECOND_KIND } from '#domain/seconds.ts';
import { inOrder, readable } from '#domain/fold.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useDesk } from './useDesk.ts';

/** The one in the address who reports here and is another branch's, and the verbs of this branch's desk. */
export function useSecondPerson() {
  const ledger = useLedger();
  const route = useRoute();
  const { desk } = useDesk();
  const failed = ref(false);

  /** Null where nobody of that id reports here; undefined while it is read. */
  const found = computed(() => {
    if (!desk.value) return undefined;
    for (const { scope, seconds } of desk.value.rosters) {
      const member = seconds.find((one) => one.person === route.params['person']);
      if (member) return { scope, member };
    }
    return null;
  });

  async function write(body: SecondBody): Promise<boolean> {
    if (!found.value) return false;
    const { scope, member } = found.value;
    const draft = { kind: SECOND_KIND, scope, subject: member.person, body };
    failed.value = !(await ledger.write(draft)).ok;
    return !failed.value;
  }

  /** From today on they report here no more; whether it is kept. */
  const end = () => write({ way: 'out', day: desk.value?.today ?? '' });

  /** 双报到 was meant, or 流动: the same code, in the other word. */
  async function rename(): Promise<void> {
    if (!found.value) return;
    const { scope, member } = found.value;
    const rows = await ledger.records({ kind: SECOND_KIND, scope, subject: member.person });
    const bodies = inOrder(readable(rows)).map((row) => row.body as SecondBody);
    const said = bodies.filter((body) => body.way === 'in').pop();
    if (said?.way === 'in')
      await write({ ...said, as: said.as === 'double' ? 'migrant' : 'double' });
  }

  return { found, failed, end: oneAtATime(end), rename: oneAtATime(rename) };
}
