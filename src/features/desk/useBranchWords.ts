import { useI18n } from 'vue-i18n';
import { isOver } from '#domain/branches.ts';
import type { BranchBody } from '#domain/bodies/organisation.ts';
import { useWhen } from '#ui/use-when.ts';

/** What is said of a branch's kind; an ordinary one goes without saying. */
export function useBranchWords() {
  const { t } = useI18n({ useScope: 'global' });
  const { dateWords } = useWhen();

  /** 临时党支部，到12月1日止 */
  const kindWords = ({ kind, until }: BranchBody, today: string) => {
    const over = isOver({ kind, until }, today) ? 'was-until' : 'is-until';
    return [
      kind && t(`desk.kind.${kind}`),
      kind === 'temporary' && until && t(`desk.kind.${over}`, { day: dateWords(until) }),
    ]
      .filter(Boolean)
      .join('，');
  };
  return { kindWords };
}
