/** One good record of every kind, to be sent by whoever may and whoever may not. */
import { SELF_KIND, type Kind } from '#domain/kinds.ts';
import { CARD, newId, newSecretText, selfRecord, wireRecord } from '#tests/support/wire-device.ts';

const names = { hans: '罗明' };
const role = { role: 'committee', names, card: CARD, from: '2999-01-01' };
const LATER = 32_503_680_000_000;

/** Bodies by kind; some kinds in two forms, named behind a comma. None of them changes who may do what now. */
const BODIES: Record<string, () => Record<string, unknown>> = {
  'older-key': () => ({ key: newSecretText() }),
  'own-device': () => ({ where: 'office' }),
  study: () => ({ day: '2026-03-05', minutes: 30, how: 'book' }),
  consent: () => ({ notice: 1 }),
  member: () => ({ names, card: CARD }),
  standing: () => ({ of: 'membership', is: 'full', from: '2026-03-05' }),
  invitation: () => ({ hash: newSecretText(), role: 'member', expires: LATER }),
  'invitation,secretary': () => ({ hash: newSecretText(), role: 'secretary', expires: LATER }),
  activity: () => ({ type: 'lecture', title: '党课', starts: 1_772_700_000_000 }),
  'check-in': () => ({ activity: newId(), state: 'present', how: 'tap' }),
  'activity-change': () => ({ activity: newId(), is: 'off' }),
  absence: () => ({ activity: newId(), coming: false }),
  proof: () => ({ way: 'digits', digits: '063349' }),
  exclusion: () => ({ activity: newId(), excluded: true, by: '支委会' }),
  objection: () => ({ activity: newId(), text: '那天我在' }),
  'objection-above': () => ({
    ...{ branch: newId(), activity: newId(), title: '党课', starts: 1_772_700_000_000 },
  }),
  'paper-count': () => ({ activity: newId(), here: 3 }),
  'paper-people': () => ({ people: 4 }),
  closing: () => ({ activity: newId(), headcount: 27, hash: newSecretText() }),
  reopening: () => ({ activity: newId(), closings: [newId()] }),
  looked: () => ({ activity: newId(), records: [newId()] }),
  shown: () => ({ activity: newId() }),
  card: () => ({ card: CARD }),
  notice: () => ({ text: '明天停电', until: '2999-01-01' }),
  form: () => ({ name: '镇里的签到册', columns: [{ header: '姓名', is: 'name' }] }),
  'own-rules': () => ({ lines: ['不失联'] }),
  'attended-elsewhere': () => ({
    ...{
      host: newId(),
      names,
      activity: newId(),
      title: '党课',
      type: 'lecture',
      day: '2026-03-05',
    },
    ...{ state: 'present', record: newId(), hash: newSecretText() },
  }),
  'attended-checked': () => ({ record: newId(), hash: newSecretText() }),
  'contact-person': () => ({ member: newId(), names, from: '2026-03-05' }),
  contact: () => ({ member: newId(), day: '2026-03-05' }),
  request: () => ({ of: 'correction', text: '我在二组' }),
  answer: () => ({ request: newId(), done: true }),
  revocation: () => ({ device: newId() }),
  'phones-lost': () => ({}),
  'rejoin-request': () => ({ device: newId() }),
  admission: () => ({ device: newId(), request: newId() }),
  'taken-over': () => ({ day: '2026-03-05', code: CARD }),
  transfer: () => ({ way: 'stay', code: CARD }),
  // Signed by nobody: what the person's phone has said is for tests/server/second.test.ts.
  second: () => ({
    ...{ way: 'in', as: 'double', day: '2026-03-05', card: CARD, names },
    ...{ device: newId(), nonce: CARD, signed: '2026-03-05', signature: 'A'.repeat(86) },
  }),
  'second,out': () => ({ way: 'out', day: '2999-01-01' }),
  complaint: () => ({ text: '开会总在晚上十点' }),
  'complaint-answer': () => ({ complaint: newId(), done: true }),
  export: () => ({ of: 'roster', as: 'csv', people: 38 }),
  'complaint-told': () => ({ complaint: newId(), day: '2026-03-05', done: true }),
  retention: () => ({ from: '2026-03-05', rolls: 10, messages: 3, logs: 184 }),
  keeping: () => ({ rolls: 10, messages: 3, logs: 184 }),
  erasure: () => ({ records: [newId()] }),
  decision: () => ({ record: newId(), hash: newSecretText(), counts: true }),
  branch: () => ({ branch: newId(), names }),
  role: () => role,
  'role,end': () => ({ ...role, to: '2999-02-01' }),
  office: () => ({ branch: newId(), ...role }),
  about: () => ({ names }),
  'presence-key': () => ({ key: newSecretText() }),
};

/** What is sent: every form of every kind, and what is encrypted. */
export const FORMS: readonly string[] = [SELF_KIND, ...Object.keys(BODIES)];

/** The kind of a form. */
export function kindOf(form: string): string {
  return form.split(',')[0] ?? '';
}

/** A record of the form; whoever lacks one adds it above. */
export function draftOf(form: string, scope: string, seq: number, subject: string | null) {
  if (form === SELF_KIND) return selfRecord(scope, seq);
  const kind = kindOf(form) as Kind;
  const body = BODIES[form]?.() ?? {};
  return wireRecord({ kind, scope, seq, ...(subject && { subject }), body });
}
