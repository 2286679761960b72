import { computed, ref, shallowRef, watch } from 'vue';
import { useLedger } from '#data/use-ledger.ts';
import { byTownship, townshipKey, type ListedBranch, type Township } from './branch-tree.ts';
import type { BranchSearch } from './find-branches.ts';

/** Which townships are unfolded is kept under this name: back from a branch the list is as it was. */
const UNFOLDED = 'desk.townships';
/** So few are seen at one glance: no folding, no searching. */
const FEW = 12;

/** The county's branches by township, to fold and unfold, and the search over all of them. */
export function useBranchTree(branches: () => readonly ListedBranch[]) {
  const ledger = useLedger();
  const text = ref('');
  const unfolded = ref<readonly string[]>([]);
  const search = shallowRef<BranchSearch | null>(null);
  void ledger.kept<string[]>(UNFOLDED).then((kept) => (unfolded.value = kept ?? []));

  /** Only who searches waits for it; whoever types meanwhile finds what is typed by then. */
  watch([text, branches], async ([wanted, all]) => {
    if (!wanted.trim()) return;
    const { createBranchSearch } = await import('./find-branches.ts');
    search.value = createBranchSearch(all);
  });

  /** Null where nothing is searched for. */
  const found = computed(() => (text.value.trim() && search.value?.(text.value)) || null);
  const townships = computed(() => byTownship(branches()));
  const isOpen = (township: Township) => unfolded.value.includes(townshipKey(township));

  async function toggle(township: Township): Promise<void> {
    const key = townshipKey(township);
    const others = unfolded.value.filter((one) => one !== key);
    unfolded.value = isOpen(township) ? others : [...others, key];
    await ledger.keep(UNFOLDED, [...unfolded.value]);
  }

  return {
    text,
    found,
    townships,
    isFew: computed(() => branches().length <= FEW),
    isOpen,
    toggle,
  };
}
