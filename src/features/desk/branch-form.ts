import type { BranchBody } from '#domain/bodies/organisation.ts';
import { NAME_MAX, type Names } from '#domain/bodies/shared.ts';
import { generalFault, kindOf, type BranchKind, type GeneralFault } from '#domain/branches.ts';
import { isCivilDay } from '#domain/civil-day.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { typedLine } from '#lib/typed-text.ts';
import type { ListedBranch } from './branch-tree.ts';
import { namesIn } from './plan-roster.ts';

/** What an administrator types of a branch. */
export interface BranchForm {
  name: string;
  township: string;
  kind: BranchKind;
  /** YYYY-MM-DD or ''. */
  until: string;
  /** The id of its 党总支 or ''. */
  general: string;
}

/** Which field needs another look; each has a text under desk.wrong. */
export type BranchFormFault = 'name' | 'name-long' | 'until-past' | 'has-branches' | GeneralFault;

export interface BranchFacts {
  id: string;
  script: 'hans' | 'hant';
  today: string;
  branches: readonly ListedBranch[];
}

/** The form of a branch as it is, in the script that is read; empty for a new one. */
export function formOf(branch: BranchBody | null, nameOf: (names?: Names) => string): BranchForm {
  return {
    name: nameOf(branch?.names),
    township: nameOf(branch?.township),
    kind: branch ? kindOf(branch) : 'ordinary',
    until: branch?.until ?? '',
    general: branch?.general ?? '',
  };
}

/** The `branch` record to write, or the first field that needs another look. */
export function branchOf(
  form: BranchForm,
  { id, script, today, branches }: BranchFacts,
): Result<BranchBody, BranchFormFault> {
  const before = branches.find(({ branch }) => branch === id);
  const [name, place] = [typedLine(form.name), typedLine(form.township)];
  if (!name) return fail('name');
  if (name.length > NAME_MAX || place.length > NAME_MAX) return fail('name-long');
  const until = form.kind === 'temporary' ? form.until : '';
  const isNew = until !== before?.until;
  if (until && isNew && (!isCivilDay(until) || until < today)) return fail('until-past');
  if (form.kind !== 'general' && branches.some(({ general }) => general === id))
    return fail('has-branches');
  const body: BranchBody = {
    branch: id,
    names: kept(before?.names, script, name),
    ...(place && { township: townshipOf(place, { before, script, branches }) }),
    ...(form.kind !== 'ordinary' && { kind: form.kind }),
    ...(until && { until }),
    ...(form.general && { general: form.general }),
  };
  const fault = generalFault(body, branches);
  return fault ? fail(fault) : ok(body);
}

/** A name that was typed anew stands alone; one that stayed keeps its other script. */
function kept(before: Names | undefined, script: 'hans' | 'hant', typed: string): Names {
  return before && isCalled(before, typed) ? before : namesIn(script, typed);
}

/** A township that the county has already is written as it is there. */
function townshipOf(
  typed: string,
  {
    before,
    script,
    branches,
  }: Pick<BranchFacts, 'script' | 'branches'> & { before?: BranchBody | undefined },
): Names {
  const known = [before, ...branches].map((one) => one?.township);
  return known.find((one) => one && isCalled(one, typed)) ?? namesIn(script, typed);
}

/** What was written before the forms left unseen marks out is called the same. */
function isCalled({ hans, hant }: Names, typed: string): boolean {
  return [hans, hant].some((name) => name !== undefined && typedLine(name) === typed);
}
