import * as v from 'valibot';
import { day, line, names, uuid } from './shared.ts';

/** A place's name in both scripts where both are known; never converted on its own. */
const placeNames = v.pipe(
  v.strictObject({ hans: v.optional(line(40)), hant: v.optional(line(40)) }),
  v.check((value) => value.hans !== undefined || value.hant !== undefined, 'a name is needed'),
);

/** 臨時黨支部, 黨總支; one that says neither is an ordinary 黨支部 (支部工作條例, art. 4–6). */
export const BRANCH_KINDS = ['temporary', 'general'] as const;

/** `kind` and what follows came with version 2. `until`: the last day of a temporary branch. */
const kinds = { kind: v.optional(v.picklist(BRANCH_KINDS)), until: v.optional(day) };

/** `general`: the 黨總支 of the same township that it belongs to. */
export const branchBody = v.strictObject({
  branch: uuid,
  names: placeNames,
  township: v.optional(placeNames),
  ...kinds,
  general: v.optional(uuid),
});
export type BranchBody = v.InferOutput<typeof branchBody>;

export const aboutBody = v.strictObject({
  names: placeNames,
  township: v.optional(placeNames),
  ...kinds,
});
export type AboutBody = v.InferOutput<typeof aboutBody>;

const held = {
  role: v.picklist(['secretary', 'committee']),
  names,
  card: v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{16}$/)),
  from: day,
  to: v.optional(day),
};

/** subject holds `role` in the record's scope from `from` on, to `to` (left out while it lasts). */
export const roleBody = v.strictObject(held);
export type RoleBody = v.InferOutput<typeof roleBody>;

/** The same as the county's register has it: subject holds `role` in `branch`. */
export const officeBody = v.strictObject({ branch: uuid, ...held });
export type OfficeBody = v.InferOutput<typeof officeBody>;
