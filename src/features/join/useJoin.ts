import { computed, inject, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { joiningKey } from '#data/joining.port.ts';
import { useAsked } from '#data/use-asked.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { createJoinFlow } from './join-flow.ts';
import { phoneTrouble, secretOf } from './phone-check.ts';

/** Joining by the link that is open. The secret stays in the fragment until it is spent. */
export function useJoin() {
  const joining = inject(joiningKey);
  if (!joining) throw new Error('no joining was provided');
  const route = useRoute();
  const router = useRouter();
  const ledger = useLedger();
  const secret = secretOf(route.hash);
  const flow = createJoinFlow({
    joining,
    secret,
    phoneTrouble: () => phoneTrouble(),
  });
  /** Somebody has joined on this phone already. */
  const someone = useLive(() => ledger.current(), null);

  const administers = computed(
    () => someone.value?.grants.some(({ role }) => role === 'administrator') ?? false,
  );

  const asked = useAsked();
  /** What to read out while this phone waits for its secretary; without a link whichever request waits. */
  const number = computed(() => {
    const ours = secret === null || asked.value?.secret === secret;
    return ours && flow.step.value.at === 'trouble' ? (asked.value?.number ?? null) : null;
  });
  watch(asked, (now, before) => {
    if (before?.number && !now) flow.enter();
  });

  watch(flow.step, ({ at }) => {
    if (at === 'done') void router.replace({ path: '/join', hash: '' });
  });
  void flow.look();
  return { ...flow, someone, administers, number };
}
