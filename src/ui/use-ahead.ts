import { effectScope, getCurrentInstance, watch, onScopeDispose } from 'vue';
import { useRouter } from 'vue-router';

/** After the first frames of the page in front, which come first. */
const AFTER_MS = 600;

/** A screen that can be asked to read what it will show, for as long as the scope of the call lives. */
interface Screen {
  readAhead?: () => unknown;
}
type Fetch = () => Promise<{ default: Screen }>;

/**
 * Fetches the screen behind a path once `wanted` says so and the page in front has settled, and lets it
 * read ahead what it will show first: on a slow phone both take longer than a thumb waits. What can't be
 * had is said by the tap.
 */
export function useAhead(path: string, wanted: () => boolean): void {
  const router = useRouter();
  const app = getCurrentInstance()?.appContext.app;
  const scope = effectScope();
  let timer: ReturnType<typeof setTimeout> | undefined;
  async function load(part: unknown): Promise<void> {
    const screen =
      typeof part === 'function' ? (await (part as Fetch)()).default : (part as Screen);
    if (scope.active) app?.runWithContext(() => scope.run(() => screen.readAhead?.()));
  }
  const loadAll = () => {
    for (const { components } of router.resolve(path).matched)
      for (const part of Object.values(components ?? {})) void load(part).catch(() => {});
  };
  watch(
    wanted,
    (is) => {
      if (is) timer ??= setTimeout(loadAll, AFTER_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
}
