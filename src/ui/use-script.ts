import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';

/** simplified or traditional */
export type Script = 'hans' | 'hant';

/** The values of `<html lang>` and of the locale, by script. */
export const LOCALES: Record<Script, 'zh-Hans' | 'zh-Hant-HK'> = {
  hans: 'zh-Hans',
  hant: 'zh-Hant-HK',
};

/** The script in which this person reads, and names in it. */
export function useScript(): {
  script: ComputedRef<Script>;
  /** A name in the reader's script where it is known, else as it was given: names are never converted. */
  nameOf(
    names: { hans?: string | undefined; hant?: string | undefined } | null | undefined,
  ): string;
  /** A name and, where somebody else on the list has it too, what the branch calls this one. */
  labelOf(member: {
    names: { hans?: string | undefined; hant?: string | undefined };
    byName: string | null;
    namesake: boolean;
  }): string;
  /** A group as it was typed, save the word itself: 一组 reads 一組 in traditional, and back. */
  groupOf(group: string | null | undefined): string;
} {
  const { locale } = useI18n({ useScope: 'global' });
  const script = computed<Script>(() => (locale.value === LOCALES.hans ? 'hans' : 'hant'));
  const nameOf: ReturnType<typeof useScript>['nameOf'] = (names) =>
    names?.[script.value] ?? names?.hans ?? names?.hant ?? '';
  return {
    script,
    nameOf,
    labelOf: ({ names, byName, namesake }) =>
      nameOf(names) + (namesake && byName ? `（${byName}）` : ''),
    groupOf: (group) => groupIn(script.value, group ?? ''),
  };
}

/** The word itself alone: a group may carry a name, and those are never converted. */
export const groupIn = (script: Script, group: string): string =>
  group.replace(/[组組]/g, script === 'hans' ? '组' : '組');
