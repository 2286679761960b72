import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { StandingBody } from '#domain/bodies/people.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { civilDay } from '#domain/civil-day.ts';
import { useScript } from '#ui/use-script.ts';
import { useTitle } from '#ui/use-title.ts';
import { useWhen } from '#ui/use-when.ts';
import { saidBy, type Row } from './waiting.ts';

/** What a waiting record says, in words: whom it is about, what it says of them, who wrote it when. */
export function useWaitingWords(
  people: Readonly<Ref<ReadonlyMap<string, Names>>>,
  titles: Readonly<Ref<ReadonlyMap<string, string>>>,
) {
  const { t } = useI18n({ useScope: 'global' });
  const { nameOf, groupOf } = useScript();
  const { titleOf: inScript } = useTitle();
  const { dateWords } = useWhen();
  const standingWords = useStandingWords((person) => personOf(person));
  const personOf = (person: string | null) =>
    nameOf(people.value.get(person ?? '')) || t('desk.somebody');

  /** 王小明 · 支部党员大会 */
  const titleOf = (row: Row) => {
    const said = saidBy(row);
    if (said.kind === 'member') return nameOf(said.body.names);
    return said.kind === 'activity' ? inScript(said.body.title) : personOf(row.subject);
  };

  const whatOf = (row: Row) => {
    const said = saidBy(row);
    switch (said.kind) {
      case 'member':
        return [t('desk.on-roster'), groupOf(said.body.group)].filter(Boolean).join('，');
      case 'standing':
        return standingWords(said.body);
      case 'activity':
        return t('desk.activity-on', { day: dateWords(civilDay(said.body.starts)) });
      case 'check-in':
        return ofActivity(said.body.activity, t(`desk.check-in.${said.body.state}`));
      case 'absence':
        return ofActivity(
          said.body.activity,
          t(said.body.coming ? 'activities.can-again' : 'activities.cannot'),
        );
      case 'consent':
        return t('me.agreed');
      case 'answer':
        return t('me.kinds.answer');
    }
  };

  const ofActivity = (activity: string, words: string) => {
    const title = titles.value.get(activity);
    return [title ? inScript(title) : t('me.some-activity'), words].join('，');
  };

  /** 流动，3月1日起　罗明记的，11月23日 */
  const noteOf = (row: Row) =>
    [
      whatOf(row),
      t('desk.written-by', { name: personOf(row.author), day: dateWords(row.day) }),
    ].join('　');

  return { titleOf, noteOf };
}

function useStandingWords(personOf: (person: string) => string) {
  const { t } = useI18n({ useScope: 'global' });
  const { dateWords } = useWhen();

  /** 流动，3月1日起 */
  return (body: StandingBody) => {
    const since = t('desk.since', { day: dateWords(body.from) });
    if (body.of === 'contact')
      return [t('desk.contact-is', { name: personOf(body.is) }), since].join('，');
    const word = body.of === 'state' ? t(`desk.state.${body.is}`) : t(`desk.membership.${body.is}`);
    return [word, since].join('，');
  };
}
