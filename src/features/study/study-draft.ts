import { NOTE_MAX, type StudyBody } from '#domain/bodies/study.ts';
import { STUDY_MINUTES_MAX } from '#domain/study.ts';
import { isCivilDay } from '#domain/civil-day.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { withoutUnseen } from '#lib/typed-text.ts';

/** By what means: what the form offers; `app` is the half hour's own. */
export const MEANS = ['book', 'talk', 'other'] as const;

/** The form as it stands while somebody types. */
export interface StudyDraft {
  day: string;
  minutes: number;
  how: string;
  note: string;
}

export type DraftError = 'day' | 'day-later' | 'minutes' | 'note';

/** A fresh form: today, half an hour. */
export function emptyDraft(today: string): StudyDraft {
  return { day: today, minutes: 30, how: 'book', note: '' };
}

/** What will be written, or the first field that has to be looked at. No reason is ever asked. */
export function readDraft(draft: StudyDraft, today: string): Result<StudyBody, DraftError> {
  if (!isCivilDay(draft.day)) return fail('day');
  if (draft.day > today) return fail('day-later');
  const whole = Number.isInteger(draft.minutes);
  if (!whole || draft.minutes < 1 || draft.minutes > STUDY_MINUTES_MAX) return fail('minutes');
  const note = withoutUnseen(draft.note).trim();
  if (note.length > NOTE_MAX) return fail('note');
  const { day, minutes, how } = draft;
  return ok({ day, minutes, how, ...(note ? { note } : {}) });
}
