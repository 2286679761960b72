import { watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/**
 * Takes what a scanned code brings behind the # of the address, now and whenever another is opened. It
 * does not stay there: others see the address, and the browser remembers it.
 */
export function useAddressWords(take: (brought: string) => void): void {
  const route = useRoute();
  const router = useRouter();
  watch(
    () => route.hash.slice(1),
    (brought) => {
      if (!brought) return;
      take(brought);
      void router.replace({ path: route.path });
    },
    { immediate: true },
  );
}
