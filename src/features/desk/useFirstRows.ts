import { onMounted, ref, type Ref } from 'vue';

/** Two screens full on a phone that is held upright. */
const IN_SIGHT = 24;

/**
 * How many rows of a long list to draw: with the first frame those in sight, after it all of them, so
 * that a slow phone shows names before it has made 200 links.
 */
export function useFirstRows(): Readonly<Ref<number>> {
  const most = ref(IN_SIGHT);
  // A task after the frame; a page out of sight gets its frame when it is looked at.
  onMounted(() => requestAnimationFrame(() => setTimeout(() => (most.value = Infinity))));
  return most;
}
