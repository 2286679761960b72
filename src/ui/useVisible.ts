import { onScopeDispose, readonly, ref, type Ref } from 'vue';

/** Whether the page is in sight; false while another app or tab is in front or the screen is off. */
export function useVisible(
  target: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'> = document,
): Readonly<Ref<boolean>> {
  const isVisible = () => target.visibilityState === 'visible';
  const visible = ref(isVisible());
  const update = () => (visible.value = isVisible());
  target.addEventListener('visibilitychange', update);
  onScopeDispose(() => target.removeEventListener('visibilitychange', update));
  return readonly(visible);
}
