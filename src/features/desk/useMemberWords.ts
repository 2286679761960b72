import { useI18n } from 'vue-i18n';
import type { RosterMember } from '#domain/roster.ts';
import { useScript } from '#ui/use-script.ts';
import { useWhen } from '#ui/use-when.ts';

/** What is said of somebody on the roster, in words; ordinary things go without saying. */
export function useMemberWords() {
  const { t } = useI18n({ useScope: 'global' });
  const { groupOf, labelOf } = useScript();
  const { dateWords } = useWhen();

  /** 一组　书记　流动 */
  const lineOf = ({ group, role, state, membership, byName, namesake }: RosterMember) =>
    [
      groupOf(group),
      // Beside a namesake the by-name stands with the name itself.
      namesake ? '' : byName,
      role && t(`desk.role.${role}`),
      membership === 'probationary' && t('desk.membership.probationary'),
      state !== 'listed' && t(`desk.state.${state}`),
    ]
      .filter(Boolean)
      .join('　');

  /** 正式党员　流动党员，3月1日起　联系人 罗明 */
  const standingOf = (member: RosterMember, roster: readonly RosterMember[]) => {
    const contact = roster.find(({ person }) => person === member.contact);
    const since = member.since && t('desk.since', { day: dateWords(member.since) });
    return [
      member.membership && t(`desk.membership.${member.membership}`),
      [t(`desk.state.${member.state}`), since].filter(Boolean).join('，'),
      member.state === 'migrant' && contact && t('desk.contact-is', { name: labelOf(contact) }),
    ]
      .filter(Boolean)
      .join('　');
  };

  /** 书记，3月1日起 */
  const roleOf = ({ role, roleSince }: RosterMember) =>
    role
      ? [t(`desk.role.${role}`), roleSince && t('desk.since', { day: dateWords(roleSince) })]
          .filter(Boolean)
          .join('，')
      : t('desk.role-none');

  return { lineOf, standingOf, roleOf };
}
