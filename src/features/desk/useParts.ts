import { computed, onMounted, onScopeDispose, ref, type ComputedRef } from 'vue';

/** No row is lower than what a thumb needs, and the head of the page takes half of a phone's screen. */
const ROW_PX = 48;
const HEAD = 0.5;

/**
 * A long list in parts of what is in sight: the first is drawn at once, after each frame as many as are there
 * already, so that a slow phone shows names before it has made 200 links.
 */
export function useParts<T>(all: () => readonly T[]): ComputedRef<T[][]> {
  const size = Math.ceil((innerHeight * HEAD) / ROW_PX);
  const parts = computed(() => inParts(all(), size));
  const drawn = ref(1);
  let gone = false;
  /** A task after the frame; a page out of sight gets its frame when it is looked at. */
  const next = () => requestAnimationFrame(() => setTimeout(draw));
  const draw = () => {
    drawn.value *= 2;
    if (gone) return;
    if (drawn.value < parts.value.length) next();
    else drawn.value = Infinity; // a list that grows later is drawn whole
  };
  onMounted(next);
  onScopeDispose(() => (gone = true));
  return computed(() => parts.value.slice(0, drawn.value));
}

function inParts<T>(all: readonly T[], size: number): T[][] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_, at) => all.slice(at * size, (at + 1) * size));
}
