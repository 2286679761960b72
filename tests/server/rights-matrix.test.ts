/**
 * Every kind × every role × before, during and after its days × own and foreign places, through the
 * real server: what may be written, and then what is read of all that was stored.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VIEWS } from '#domain/audience.ts';
import { invitationHash } from '#domain/invitations.ts';
import { KINDS } from '#domain/kinds.ts';
import { personScope } from '#domain/roles.ts';
import { knowsOf } from '#protocol/brief.ts';
import { WANT_MAX_BYTES, type ResultRun, type SyncAnswer } from '#protocol/sync.ts';
import { machineSources } from '#server/sources.ts';
import { draftOf, FORMS, kindOf } from '#tests/support/rights/drafts.ts';
import {
  ABOUTS,
  fateOf,
  mayRead,
  PLACES,
  type Fate,
  type Person,
  type Place,
  type Stored,
} from '#tests/support/rights/expected.ts';
import {
  everybody,
  NOW,
  placesOf,
  type Places,
  type Someone,
} from '#tests/support/rights/people.ts';
import { startServer } from '#tests/support/server.ts';
import { createTestClock } from '#tests/support/test-clock.ts';
import { newId, post, secretOf } from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let places: Places;
let people: Someone[];
let sent: Sent[];
const colleague = newId();
const stranger = newId();
const nowhere = newId();

interface Sent {
  by: Someone;
  form: string;
  place: Place;
  about: Person;
  record: ReturnType<typeof draftOf>;
  /** Code and reason. */
  answer: string;
}

/** What one request may hold. */
const REQUEST_MAX = 500;

/** Whoever had hundreds refused is turned away for an hour: each request comes one later, on the same day. */
const LATER_MS = 3_600_000;
const clock = createTestClock(NOW);

/** Everybody sends all of it. */
beforeAll(async () => {
  server = await startServer({ sources: { ...machineSources(), clock } });
  places = await placesOf(server);
  people = await everybody(server, places);
  sent = [];
  for (const by of people) sent.push(...(await sendAll(by)));
  for (const by of people.filter(
    ({ name }) => name === 'secretary for years' || name === 'secretary from today on',
  )) {
    clock.pass(LATER_MS * 4);
    await writeAboutEverybody(by);
  }
  clock.set(NOW);
}, 120_000);
afterAll(() => server.stop());

async function sendAll(by: Someone): Promise<Sent[]> {
  const cases = FORMS.flatMap((form) =>
    PLACES.flatMap((place) => ABOUTS.map((about) => ({ form, place, about }))),
  );
  const drafts = cases.map((one, i) => ({
    ...{ ...one, by },
    record: draftOf(one.form, scopeOf(one.place, by), i + 1, subjectOf(one.about, by)),
  }));
  const answers: string[] = [];
  for (let from = 0; from < drafts.length; from += REQUEST_MAX) {
    clock.set(NOW + (from / REQUEST_MAX) * LATER_MS);
    const part = drafts.slice(from, from + REQUEST_MAX);
    const { results } = await by.sync({ records: part.map(({ record }) => record) });
    answers.push(...results.flatMap(answersOf));
  }
  clock.set(NOW);
  return drafts.map((one, i) => ({ ...one, answer: answers[i] ?? 'none' }));
}

function answersOf({ from, to, code, reason }: ResultRun): string[] {
  return Array.from({ length: to - from + 1 }, () => [code, reason].join(' ').trim());
}

function scopeOf(place: Place, by: Someone): string {
  switch (place) {
    case 'own branch':
      return by.home;
    case 'foreign branch':
      return by.foreign;
    case 'county':
      return places.county;
    case 'own scope':
      return personScope(by.person);
    case 'foreign scope':
      return personScope(colleague);
    case 'nowhere':
      return nowhere;
  }
}

function subjectOf(about: Person, by: Someone): string | null {
  return { nobody: null, me: by.person, 'a colleague': colleague, 'a stranger': stranger }[about];
}

/** What a desk writes of people, of each and in each branch; the role, of its own, is one that nobody holds yet. */
async function writeAboutEverybody(by: Someone) {
  const seq = sent.length;
  const records = people.flatMap(({ person, role, home }, i) =>
    ['member', 'standing', 'check-in', ...(home === by.home ? ['role'] : [])].map((form, k) => {
      const draft = draftOf(form, by.home, seq + i * 4 + k, person);
      const other = role === 'committee' ? { role: 'secretary' } : {};
      return form === 'role' ? { ...draft, body: { ...(draft.body as object), ...other } } : draft;
    }),
  );
  const { results } = await by.sync({ records });
  expect(new Set(results.map(({ code }) => code))).toEqual(new Set(['ok']));
}

const fateIn = (answer: string): Fate => {
  if (answer === 'ok') return 'stored';
  if (answer === 'to-confirm after-role') return 'waits';
  return /^(forbidden|invalid) /.test(answer) ? 'refused' : (answer as Fate);
};
const fate = ({ form, by, place, about }: Sent) => fateOf(form, by, place, about);
const told = ({ by, form, place, about }: Sent) => `${by.name}: ${form}, ${place}, about ${about}`;

it('the matrix has every kind', () => {
  expect(new Set(FORMS.map(kindOf))).toEqual(new Set(['self', ...Object.keys(KINDS)]));
});

describe('X-01, X-02 and X-06 a record becomes what its author’s role of that day gives', () => {
  it('in the answer', () => {
    const wrong = sent.flatMap((one) => {
      const [want, got] = [fate(one), fateIn(one.answer)];
      return want === got ? [] : [`${told(one)}: ${one.answer}, not ${want}`];
    });
    expect(wrong).toEqual([]);
  });

  it('and in the database', async () => {
    const { rows } = await server.pool.query<{ id: string; confirm: string | null }>(
      'select id, confirm from records',
    );
    const kept = new Map(rows.map(({ id, confirm }) => [id, confirm ? 'waits' : 'stored']));
    const wrong = sent.filter((one) => fate(one) !== (kept.get(one.record.id) ?? 'refused'));
    expect(wrong.map(told)).toEqual([]);
  });

  it('and beside it: no role, way in, branch or act comes of what was refused or waits', async () => {
    const { rows } = await server.pool.query<{ what: string; key: string }>(
      `select 'branch' as what, scope as key from scopes where kind = 'branch'
       union all select 'invitation', hash from invitations
       union all select 'act', by_person::text from acts
           where by_person is not null and kind in ('grant', 'revoke')`,
    );
    const of = (what: string) => new Set(rows.flatMap((r) => (r.what === what ? [r.key] : [])));
    const told = (kind: string, member: string) =>
      sent
        .filter((one) => kindOf(one.form) === kind && fate(one) === 'stored')
        .map(({ record }) => (record.body as Record<string, string>)[member] ?? '');
    expect(of('branch')).toEqual(new Set([...places.branches, ...told('branch', 'branch')]));
    const seeded = server.invitations.map((one) => invitationHash(secretOf(one)));
    expect(of('invitation')).toEqual(new Set([...seeded, ...told('invitation', 'hash')]));
    const may = people.filter(
      ({ role, when }) => when === 'during' && ['secretary', 'administrator'].includes(role ?? ''),
    );
    expect(of('act')).toEqual(new Set(may.map(({ person }) => person)));
  });

  it('X-01 and of a foreign branch nothing can be told but of one that is not there', () => {
    const strangers = sent.filter(({ by }) => by.role !== 'administrator');
    const answers = (place: Place) =>
      strangers.filter((one) => one.place === place).map(({ answer }) => answer);
    expect(answers('foreign branch')).toEqual(answers('nowhere'));
  });
});

describe('X-02 of all that is stored a device gets what its person’s role of that day gives', () => {
  it('row by row', async () => {
    const { rows } = await server.pool.query<Stored>(
      'select id, kind, scope, subject from records',
    );
    const wrong: string[] = [];
    for (const by of people) {
      const got = new Set((await by.pullAll({ want: WANT_MAX_BYTES })).map(({ id }) => id));
      for (const row of rows)
        if (got.has(row.id) !== mayRead(by, row, places.county))
          wrong.push(`${by.name}: ${row.kind} ${got.has(row.id) ? 'read' : 'missed'}`);
      expect([...got].filter((id) => rows.every((row) => row.id !== id))).toEqual([]);
    }
    expect([...new Set(wrong)]).toEqual([]);
    const read = people.length * rows.length;
    console.error(`rights: ${sent.length} cases of writing, ${read} of reading`);
  });

  it('whatever scope, view, device or person query, body and headers name', async () => {
    const [admin] = people.filter(({ name }) => name === 'administrator for years');
    const scopes = [...places.branches, places.county, personScope(admin?.person ?? '')];
    for (const by of people) {
      const plain = (await (await by.send(by.request({}))).json()) as SyncAnswer;
      const cursors = scopes.flatMap((scope) =>
        VIEWS.map((view) => ({ scope, view, n: 0, tag: '' })),
      );
      const forged = by.request({ cursors, device: admin?.device ?? '' });
      const query = `?scope=${scopes[0]}&person=${admin?.person}&role=administrator`;
      const headers = {
        authorization: `Bearer ${by.token}`,
        cookie: `__Host-rixue-${admin?.person.slice(-12)}=${admin?.token}`,
        'x-scope': scopes.join(','),
        'x-person': admin?.person ?? '',
        'rixue.scopes': scopes.join(','),
      };
      const answer = await post(`${server.url}/api/sync${query}`, forged, headers);
      const { pages, grants } = (await answer.json()) as SyncAnswer;
      expect({ pages, grants }).toEqual({ pages: plain.pages, grants: plain.grants });
    }
  });

  it('and roles that a request says it goes by open nothing', async () => {
    for (const by of people.filter(({ role }) => role !== 'administrator')) {
      const { epoch } = await by.sync();
      const grants = [{ scope: places.county, role: 'administrator' as const }];
      const knows = knowsOf({ person: by.person, epoch, grants });
      const answer = await by.send({ v: 2, knows, at: [0, '', 0, ''] });
      expect((await answer.json()) as SyncAnswer).not.toHaveProperty('pages');
    }
  });
});
