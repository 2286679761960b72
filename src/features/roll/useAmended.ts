import { computed } from 'vue';
import { useClosingView } from '#data/use-closing-view.ts';

/** Whether the roll is closed, and whose lines were changed since and wait for somebody else. */
export function useAmended(id: string) {
  const held = useClosingView(id);
  const closing = computed(() => held.value?.closing ?? null);
  const amended = computed<ReadonlySet<string | null>>(() => {
    const lines = closing.value?.amended.filter(({ open }) => open.length > 0);
    return new Set(lines?.map(({ subject }) => subject));
  });
  return { closing, amended };
}
