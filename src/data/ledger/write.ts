/**
 * Saving. Promises: what may not be written is refused before anything is stored; encryption comes
 * before the transaction (a transaction that waits for anything else commits on its own); seq, hash
 * and outbox state are stored in one strict transaction; the answer is ok only after the rows were
 * read back from the database and are the same. What a written erasure names loses its body at once.
 */
import * as v from 'valibot';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase64Url } from '#lib/base64.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import { correctedNow, type Clock } from '#lib/clock.ts';
import { uuidFromBytes, type Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { civilDay } from '#domain/civil-day.ts';
import { bodySchema } from '#domain/kind-bodies.ts';
import { isSelfKind, kindRule } from '#domain/kinds.ts';
import { refusal } from '#domain/permissions.ts';
import { BODY_MAX_BYTES, SALT_BYTES, type RecordHeader } from '#domain/records.ts';
import { personScope } from '#domain/roles.ts';
import { commitOnce, readBack, type Prepared } from './commit.ts';
import { namesOf, type Connection } from './connection.ts';
import type { LedgerDatabase } from './database.ts';
import type { DraftRecord, SavedRecord, WriteError } from './ledger.ts';
import { currentPerson } from './people.ts';
import type { Person } from './person.ts';
import { selfHeader, toRecord, type Inner, type RecordRow } from './record-row.ts';
import type { SelfCipher } from './self-cipher.ts';

export interface WriteDeps {
  db: LedgerDatabase;
  use: Connection['use'];
  clock: Clock;
  ids: Ids;
  random: Random;
  cipher: SelfCipher;
  /** Frees what can be fetched again; whether there was any. */
  makeRoom?: () => Promise<boolean>;
  /** Told of every success: what a screen said of a full phone is over. */
  onSaved?: () => void;
}

/** Saves all drafts of the current person in one transaction, or none; never throws. */
export async function writeAll(
  deps: WriteDeps,
  drafts: readonly DraftRecord[],
): Promise<Result<SavedRecord[], WriteError>> {
  const written = await tryWriting(deps, drafts);
  if (written.ok || written.error !== 'write.full') return written;
  // A record is worth more than anything that can be fetched again (D-12).
  return (await deps.makeRoom?.()) ? tryWriting(deps, drafts) : written;
}

async function tryWriting(
  deps: WriteDeps,
  drafts: readonly DraftRecord[],
): Promise<Result<SavedRecord[], WriteError>> {
  try {
    const rows = await prepareAndCommit(deps, drafts);
    if (!rows.ok) return rows;
    if (!(await deps.use(() => readBack(deps.db, rows.value)))) return fail('write.not-kept');
    deps.onSaved?.();
    return ok(rows.value.map(toRecord));
  } catch (error) {
    return fail(writeError(error));
  }
}

/** Again where the person got another device id meanwhile: nothing is ever sent under the old one. */
async function prepareAndCommit(
  deps: WriteDeps,
  drafts: readonly DraftRecord[],
): Promise<Result<RecordRow[], WriteError>> {
  for (;;) {
    const person = await deps.use(() => currentPerson(deps.db));
    if (!person) return fail('write.no-person');
    const prepared: Prepared[] = [];
    for (const draft of drafts) {
      const one = await prepare(deps, person, draft);
      if (!one.ok) return one;
      prepared.push(one.value);
    }
    const rows = await commitOnce(deps, person, prepared);
    if (rows) return ok(rows);
  }
}

async function prepare(
  deps: WriteDeps,
  person: Person,
  draft: DraftRecord,
): Promise<Result<Prepared, WriteError>> {
  const self = isSelfKind(draft.kind);
  const scope = draft.scope ?? (self ? personScope(person.person) : '');
  const subject = draft.subject ?? null;
  const refused = refusal(
    { kind: draft.kind, scope, subject, body: draft.body },
    writing(person, scope),
  );
  const rule = kindRule(draft.kind);
  const schema = bodySchema(draft.kind);
  if (refused || !rule || !schema) return fail<WriteError>(`write.${refused ?? 'unknown-kind'}`);
  const header: RecordHeader = {
    id: draft.id ?? (self ? randomId(deps.random) : deps.ids.next()),
    kind: draft.kind,
    v: rule.version,
    scope,
    subject,
    author: person.person,
    device: person.device,
    seq: 0,
    ...stamp(deps.clock, person),
  };
  const body = v.parse(schema, draft.body);
  const salt = toBase64Url(deps.random.bytes(SALT_BYTES));
  return self ? sealed(deps, person, header, salt, body) : plain(header, salt, body);
}

/** An id of 122 random bits (RFC 9562, version 4): a v7 id of a self record would tell the server when it was written. */
function randomId(random: Random): string {
  const bytes = random.bytes(16);
  bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return uuidFromBytes(bytes);
}

function plain(header: RecordHeader, salt: string, body: unknown): Result<Prepared, WriteError> {
  const text = canonicalJson(body);
  if (utf8ToBytes(text).length > BODY_MAX_BYTES) return fail('write.too-large');
  return ok({ header, salt, text, inner: null });
}

async function sealed(
  { cipher }: WriteDeps,
  person: Person,
  header: RecordHeader,
  salt: string,
  body: unknown,
): Promise<Result<Prepared, WriteError>> {
  const { kind, v: version, day, at, offset, offsetAge } = header;
  const inner: Inner = { kind, v: version, day, at, offset, offsetAge, body };
  const text = await cipher.seal(person.key, header, inner);
  if (!text.ok) return text;
  return ok({ header: selfHeader(person.person, header), salt, text: text.value, inner });
}

/** Day, time and what was known of the clock; nothing here decides an order. */
function stamp(clock: Clock, { offset }: Person) {
  const at = Math.round(clock.now());
  return {
    day: civilDay(correctedNow(clock, offset)),
    at,
    offset: offset ? Math.round(offset.ms) : null,
    offsetAge: offset ? Math.max(0, Math.round(at - offset.measuredAt)) : null,
  };
}

/** A branch lies in the county; nothing lies above a person or the county. */
function writing(person: Person, scope: string) {
  const above = scope.startsWith('person:') || scope === person.county.id ? [] : [person.county.id];
  return { person: person.person, grants: person.grants, parents: above };
}

function writeError(error: unknown): WriteError {
  const causes = namesOf(error);
  if (causes.includes('QuotaExceededError')) return 'write.full';
  if (causes.includes('MissingAPIError')) return 'storage.none';
  return BROKEN.some((name) => causes.includes(name)) ? 'storage.failed' : 'write.failed';
}

/** What is left of a connection that did not open again. */
const BROKEN = ['DatabaseClosedError', 'InvalidStateError', 'UnknownError'];
