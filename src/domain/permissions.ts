/**
 * Who may write what. The phone asks before it saves, so that nothing is typed in vain;
 * the server asks again and its answer stands. Source: the table in kinds.ts.
 */
import * as v from 'valibot';
import { isErasable } from './erasure.ts';
import type { Writer } from './kind-rule.ts';
import { bodySchema } from './kind-bodies.ts';
import { isSelfKind, kindRule } from './kinds.ts';
import { hasDesk, personScope, type Grant } from './roles.ts';

/** Who wants to write. */
export interface Writing {
  person: string;
  grants: readonly Grant[];
  /** Parents of the record's scope, nearest first: the county for a branch. */
  parents: readonly string[];
}

/** What is to be written. */
export interface Draft {
  kind: string;
  scope: string;
  subject: string | null;
  body: unknown;
  /** Its body was erased before it came: then it may only be of a kind that is. */
  erased?: boolean;
}

/** Why a draft may not become a record. `unknown-kind` and `body` are invalid, the others forbidden. */
export type Refusal = 'unknown-kind' | 'body' | 'scope' | 'writer';

/** Null when this person may write the draft, else why not. */
export function refusal(draft: Draft, writing: Writing): Refusal | null {
  const rule = kindRule(draft.kind);
  const schema = bodySchema(draft.kind);
  if (!rule || !schema) return 'unknown-kind';
  if (rule.ofPerson && !draft.subject) return 'body';
  const fits = draft.erased ? isErasable(draft.kind) : v.safeParse(schema, draft.body).success;
  if (!fits) return 'body';
  if (isSelfKind(draft.kind) !== draft.scope.startsWith('person:')) return 'scope';
  return rule.writers.some((writer) => is(writer, draft, writing)) ? null : 'writer';
}

function is(writer: Writer, draft: Draft, { person, grants, parents }: Writing): boolean {
  const holds = (scope: string, role: string) =>
    grants.some((grant) => grant.scope === scope && grant.role === role);
  switch (writer) {
    case 'owner':
      return draft.scope === personScope(person);
    case 'subject':
      return draft.subject === person && isOf(grants, draft.scope) && !comesIn(draft);
    case 'anybody':
      // Also who has left every branch; nothing lies above the county, and a person's scope is no place.
      return draft.subject === person && parents.length === 0;
    case 'desk':
      return hasDesk(grants, draft.scope) && !invitesAboveOwn(draft);
    case 'secretary':
      return holds(draft.scope, 'secretary');
    case 'administrator':
      // A branch is named in the county's register, where complaints are answered and periods set; roles and invitations live in a branch below it.
      return (IN_COUNTY.includes(draft.kind) ? [draft.scope] : parents).some((scope) =>
        holds(scope, 'administrator'),
      );
    case 'server':
      return false;
  }
}

/** What an administrator writes in the county's own scope. */
const IN_COUNTY = ['branch', 'complaint-answer', 'retention'];

/** Whoever left a branch writes nothing there any more. */
function isOf(grants: readonly Grant[], scope: string): boolean {
  return grants.some((grant) => grant.scope === scope && grant.role !== 'left');
}

/** Whom a branch lets in besides its own is its desk's to say; the person may only end it. */
function comesIn(draft: Draft): boolean {
  const way = (draft.body as { way?: string } | null)?.way;
  return draft.kind === 'second' && !draft.erased && way !== 'out';
}

/** A secretary invites members; secretaries are invited from above. */
function invitesAboveOwn(draft: Draft): boolean {
  return draft.kind === 'invitation' && (draft.body as { role?: string }).role !== 'member';
}
