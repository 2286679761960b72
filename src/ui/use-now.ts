import { onScopeDispose, readonly, ref, type Ref } from 'vue';
import { useClock } from './use-clock.ts';

/** What is shown from it are days and half hours: half a minute late is not seen. */
const LOOK_MS = 30_000;

/** The phone's time in ms, looked at now and then and when the page comes back in sight. */
export function useNow(): Readonly<Ref<number>> {
  const clock = useClock();
  const now = ref(clock.now());
  const look = () => (now.value = clock.now());
  const timer = setInterval(look, LOOK_MS);
  document.addEventListener('visibilitychange', look);
  onScopeDispose(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  });
  return readonly(now);
}
