import type { Break } from './break.ts';

/** What is wrong where a member objects to a record. */
export const PLANTED_IN_OBJECTIONS: Break[] = [
  {
    name: 'said-above-for-more-than-those-who-run-the-county',
    ids: ['A-11'],
    file: 'src/domain/kinds-meeting.ts',
    find: "writers: ['anybody'], audience: 'sponsor'",
    replace: "writers: ['anybody'], audience: 'own'",
  },
  {
    name: 'said-above-is-said-to-the-secretary',
    ids: ['A-11'],
    file: 'src/features/activities/objection-draft.ts',
    find: "if (to === 'secretary') {",
    replace: "if (to === 'secretary' || to === 'above') {",
  },
  {
    name: 'the-desk-has-what-was-said-above',
    ids: ['A-11'],
    file: 'src/domain/objections.ts',
    find: 'if (kind !== OBJECTION_KIND || !person) continue;',
    replace: 'if (!kind.startsWith(OBJECTION_KIND) || !person) continue;',
  },
  {
    name: 'an-objection-that-nobody-answers',
    ids: ['A-11'],
    file: 'src/server/modules/organisation/county-words.usecases.ts',
    find: 'kind in (${COMPLAINT_KIND}, ${OBJECTION_ABOVE_KIND})',
    replace: 'kind in (${COMPLAINT_KIND})',
  },
];
