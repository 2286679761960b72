import { computed, inject } from 'vue';
import type { OpenedBlock, OpenedPack } from '#content/open-pack.ts';
import { BUILT_IN_PACKS } from '#packs/catalogue.ts';
import { packShelfKey, type PackShelf } from '#packs/shelf.ts';
import { minutesToRead } from '#packs/reading-time.ts';
import { useAsync } from '#ui/use-async.ts';
import { useScript } from '#ui/use-script.ts';

/** The county's report in the reader's script. */
export function useReport() {
  const packs = inject<PackShelf>(packShelfKey);
  if (!packs) throw new Error('no packs were provided');
  const { script } = useScript();
  const { value: opened, again } = useAsync(() => packs.open('report'));

  const pack = computed<OpenedPack | null>(() => (opened.value?.ok ? opened.value.value : null));
  const minutesOf = (blocks: readonly OpenedBlock[]) =>
    blocks.length > 0 ? minutesToRead(blocks.map((block) => block.hant)) : 0;

  return {
    script,
    pack,
    year: BUILT_IN_PACKS.report.year,
    failed: computed(() => opened.value !== null && !opened.value.ok),
    again,
    isDemo: computed(() => pack.value?.manifest.standing === 'demo'),
    minutesOf,
    allMinutes: computed(() =>
      minutesOf([
        ...(pack.value?.lead ?? []),
        ...(pack.value?.chapters ?? []).flatMap((chapter) => chapter.blocks),
      ]),
    ),
  };
}
