import { onScopeDispose, watch } from 'vue';
import { useRouter } from 'vue-router';

/** After the first frames of the page in front, which come first. */
const AFTER_MS = 600;

/**
 * Fetches the screen behind a path once `wanted` says so and the page in front has settled: on a slow
 * phone the program of a screen takes longer to read than its rows. Where it can't be had the tap says so.
 */
export function useAhead(path: string, wanted: () => boolean): void {
  const router = useRouter();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const load = () => {
    for (const { components } of router.resolve(path).matched)
      for (const part of Object.values(components ?? {}))
        if (typeof part === 'function') void (part as () => Promise<unknown>)().catch(() => {});
  };
  watch(
    wanted,
    (is) => {
      if (is) timer ??= setTimeout(load, AFTER_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
}
