import { useI18n } from 'vue-i18n';
import { LOCALES } from './use-script.ts';

/**
 * Titles of activities. One that is simply the word for its type, as most are, is shown in the
 * reader's script whichever script it was typed in; every other one as it was typed.
 */
export function useTitle(): { titleOf(title: string): string } {
  const { t, tm } = useI18n({ useScope: 'global' });
  const wordIn = (type: string, locale: string) => t(`activities.type.${type}`, {}, { locale });

  return {
    titleOf(title) {
      const type = Object.keys(tm('activities.type')).find((each) =>
        Object.values(LOCALES).some((locale) => wordIn(each, locale) === title),
      );
      return type ? t(`activities.type.${type}`) : title;
    },
  };
}
