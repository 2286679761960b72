import { expect, it } from 'vitest';
import { objectionDraft } from '#features/activities/objection-draft.ts';

const view = {
  activity: { id: 'meeting', scope: 'branch', title: '党课', starts: 1 },
  person: { county: { id: 'county' } },
};

it('A-11 what is said to the secretary is written into the branch, and what is said above past it', () => {
  expect(objectionDraft('secretary', view, { text: '我在' })).toEqual({
    ...{ kind: 'objection', scope: 'branch' },
    body: { activity: 'meeting', text: '我在' },
  });
  expect(objectionDraft('above', view, {})).toEqual({
    ...{ kind: 'objection-above', scope: 'county' },
    body: { branch: 'branch', activity: 'meeting', title: '党课', starts: 1 },
  });
});
