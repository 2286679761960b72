import { onMounted, ref, type Ref } from 'vue';

/** Two screens full on a phone that is held upright. */
const IN_SIGHT = 24;

/**
 * How many rows of a long list to draw: with the first frame those in sight, after it all. A branch of
 * 200 names is on a slow phone's screen in half the time, and nothing of it is missing a moment later.
 */
export function useFirstRows(): Readonly<Ref<number>> {
  const most = ref(IN_SIGHT);
  // A task after the frame; a page out of sight gets its frame when it is looked at.
  onMounted(() => requestAnimationFrame(() => setTimeout(() => (most.value = Infinity))));
  return most;
}
