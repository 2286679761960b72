/**
 * Those who are kept on paper alone (紙簽): how many the branch has, and how many came. Numbers, never
 * a name, and never a state of a named person (PRODUCT.md, relief 9). The last number stands; one that
 * waits for a person (waits.ts) is not one yet.
 */
import type { PaperCountBody, PaperPeopleBody } from './bodies/closing.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { waits } from './waits.ts';

export interface Paper {
  /** How many the branch has. */
  people: number;
  /** How many of them came. */
  here: number;
}

/** The kinds that say it. */
export const PAPER_KINDS = ['paper-people', 'paper-count'] as const;

/** The numbers of one activity; zero where nobody has said. */
export function foldPaper(activity: string, records: readonly Foldable<unknown>[]): Paper {
  const paper: Paper = { people: 0, here: 0 };
  for (const { kind, body, confirm = null } of inOrder(readable(records))) {
    if (waits({ confirm })) continue;
    if (kind === 'paper-people') paper.people = (body as PaperPeopleBody).people;
    if (kind !== 'paper-count' || (body as PaperCountBody).activity !== activity) continue;
    paper.here = (body as PaperCountBody).here;
  }
  return paper;
}
