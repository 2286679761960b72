import { computed, ref } from 'vue';
import { useRoute } from 'vue-router';
import { useRandom } from '#data/use-ids.ts';
import { useLedger } from '#data/use-ledger.ts';
import { GROUP_MAX } from '#domain/bodies/people.ts';
import { newCard } from '#domain/qr-codes.ts';
import { readOffer } from '#domain/transfers.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { typedLineOf } from '#lib/typed-text.ts';
import { namesAsTyped } from './plan-roster.ts';
import { useDesk } from './useDesk.ts';

/** Somebody whom another branch lets go, by the link in the address or a pasted one, and taking them over. */
export function useAccept() {
  const ledger = useLedger();
  const random = useRandom();
  const route = useRoute();
  const { desk, scope, choose } = useDesk();
  const pasted = ref('');
  const group = ref('');
  const failed = ref(false);

  /** Only a secretary takes over. */
  const branches = computed(() => {
    const grants = desk.value?.person?.grants ?? [];
    const own = grants.filter(({ role }) => role === 'secretary').map((grant) => grant.scope);
    return (desk.value?.rosters ?? []).filter((one) => own.includes(one.scope));
  });
  const branch = computed(
    () => branches.value.find((one) => one.scope === scope.value) ?? branches.value[0] ?? null,
  );
  const offer = computed(() => readOffer(pasted.value) ?? readOffer(route.hash));
  const isHere = computed(() =>
    branch.value?.roster.some(({ person }) => person === offer.value?.person),
  );
  const wasHere = computed(() =>
    branch.value?.unlisted.some(({ person }) => person === offer.value?.person),
  );

  /** Puts them on the roster; the person's id where it is on the phone, else null. */
  async function accept(): Promise<string | null> {
    if (!offer.value || !branch.value || !desk.value) return null;
    const { person, code, names } = offer.value;
    const day = desk.value.today;
    const typed = typedLineOf(GROUP_MAX, group.value);
    const member = {
      names: namesAsTyped(names),
      card: newCard(random),
      ...(typed && { group: typed }),
    };
    const listed = { of: 'state', is: 'listed', from: day };
    const of = { scope: branch.value.scope, subject: person };
    const written = await ledger.writeAll([
      { kind: 'transfer', ...of, body: { way: 'in', day, code } },
      { kind: 'member', ...of, body: member },
      ...(wasHere.value ? [{ kind: 'standing', ...of, body: listed }] : []),
    ]);
    failed.value = !written.ok;
    return written.ok ? person : null;
  }

  return {
    ...{ desk, branches, branch, choose, pasted, group, offer, isHere, failed },
    accept: oneAtATime(accept),
  };
}
