/** What a screen of the list in routes.ts is, and how to bring one into its state. */
import type { Page } from 'playwright';
import { words } from './words.ts';

/** Each visitor is a phone of its own; `newcomer` is the one who joins before our eyes. */
export type Visitor = 'nobody' | 'newcomer' | 'member' | 'secretary' | 'administrator';

export interface Screen {
  /** Of its picture too. */
  name: string;
  /** As the router has it; the county (demo-county.ts) knows what its parts stand for. */
  route: string;
  as: Visitor;
  /** Key of a text that is on this screen and tells it from every other. */
  shows: string;
  /** Parts that are not the county's first ones. */
  parts?: Record<string, string>;
  /** Loads the app anew: the screen shows what a start brings. Else it is walked to within the app. */
  loads?: boolean;
  /** Opens it with an invitation: of somebody who has not joined, or one that was used. */
  invitation?: 'fresh' | 'newcomer' | 'used';
  /** Brings it from its first sight into the state to look at. */
  prepare?: (page: Page) => Promise<void>;
}

/** Presses the first button of that name. */
export const press = (page: Page, key: string) =>
  page
    .getByRole('button', { name: words(key), exact: true })
    .first()
    .click();
/** Waits for a text. */
export const sees = (page: Page, key: string) =>
  page.getByText(words(key), { exact: true }).first().waitFor();
