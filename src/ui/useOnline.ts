import { onScopeDispose, readonly, ref, type Ref } from 'vue';

/**
 * Whether the phone believes it has a network. false is certain; true only means that trying is
 * worth it (a captive portal or a dead hill-side link is also true), so never show it as 已送到.
 */
export function useOnline(
  target: Pick<Window, 'addEventListener' | 'removeEventListener'> & {
    navigator: Pick<Navigator, 'onLine'>;
  } = window,
): Readonly<Ref<boolean>> {
  const online = ref(target.navigator.onLine);
  const update = () => (online.value = target.navigator.onLine);
  target.addEventListener('online', update);
  target.addEventListener('offline', update);
  onScopeDispose(() => {
    target.removeEventListener('online', update);
    target.removeEventListener('offline', update);
  });
  return readonly(online);
}
