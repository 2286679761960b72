/**
 * Every fault and attack that must be survived: its id and how it is provoked, in a few words.
 * A test names the id that it proves at the start of its name (`it('S-02 …')`). The list is a
 * floor: whoever thinks of the next fault adds it here with its test.
 */
export const FAULTS = {
  'D-01': 'saving reaches the disk: syncs counted by strace',
  'D-02': 'the page or its process killed while saving',
  'D-03': 'a write that says yes and stores nothing',
  'D-04': 'the browser killed 100 ms after 已存到手機',
  'D-05': 'half of the database log gone between two starts',
  'D-06': 'bytes of the database flipped, its pointer emptied',
  'D-08': 'clearing away old rows in any state of receipts',
  'D-09': 'a database that can never be opened',
  'D-11': 'persistence refused or granted by the browser',
  'D-12': 'the quota used up',
  'D-14': 'opening every released schema with unsent rows',
  'D-15': 'the site’s data cleared by somebody',
  'D-17': '5 000 rows on a slow phone',
  'D-18': 'a private window without a database',
  'P-01': 'the line cut after each file of the shell',
  'P-02': 'a new build while the old one is open',
  'P-03': 'a new build while a form is half filled',
  'P-05': 'the worker’s file answered with an error, HTML or a redirect',
  'P-07': 'a file that is not there',
  'P-08': 'workers stopped while syncing and downloading',
  'P-09': 'a page frozen for ten minutes',
  'P-10': 'no service worker: the browser inside a chat app',
  'P-11': 'a Safari tab that forgets after seven days',
  'P-12': 'a worker that removes itself',
  'P-13': 'an app three versions old',
  'P-14': 'a range of a cached recording',
  'S-01': 'the line cut after every byte',
  'S-02': 'the answer lost after the commit',
  'S-03': 'batches repeated and shuffled',
  'S-04': 'a line that takes everything and never answers',
  'S-06': 'one malformed record among fifty',
  'S-07': 'one id with two contents',
  'S-09': 'three tabs and a worker sync at once',
  'S-10': 'the page closed right after saving',
  'S-11': 'the same fact from the secretary and from the member',
  'S-13': 'writers that commit out of order while a reader pages',
  'S-15': 'a member moves to another branch while offline',
  'S-16': 'clocks years off, stepping back, leap days',
  'S-17': '300 devices at once on two cores',
  'S-18': 'any schedule of cuts, kills and pauses',
  'S-19': 'any sequence of commands against a model',
  'S-20': 'a compressed body cut short or of the wrong length',
  'V-01': 'the server killed while it receives',
  'V-02': 'writes that were not synced are lost with the power',
  'V-03': 'a second server on the same data folder',
  'V-05': 'the last backup restored',
  'V-06': 'a migration interrupted at each statement',
  'V-08': 'an administrator’s act altered in SQL',
  'V-09': 'an hour-old data folder copied back by hand',
  'A-01': 'a photograph of the hall’s code used a minute later',
  'A-03': 'more people checked in than counted in the hall',
  'A-04': 'one phone for a household, one phone for twenty',
  'A-05': 'a member’s phone three hours fast',
  'A-06': 'the secretary’s phone two days off',
  'A-07': 'a changed app that writes for other members',
  'A-08': 'a meeting recorded after the quarter',
  'A-09': 'a camera denied, absent or hanging',
  'A-11': 'a member objects to a record',
  'A-12': 'a dim cracked camera',
  'X-01': 'every route with the ids of a foreign branch',
  'X-02': 'the scope forged in query, body or header',
  'X-04': 'numbers about a branch of one or two people',
  'X-06': 'a member on the routes of other roles',
  'X-07': 'approving twice, changing after approval',
  'X-08': 'an invitation used twice, too late or guessed',
  'X-09': 'a token seen before joining',
  'X-11': 'a revoked device pushes',
  'X-12': 'documents full of scripts',
  'X-13': 'the content security policy on every page',
  'X-14': 'archives and pictures that swell',
  'X-15': 'names that a spreadsheet would calculate',
  'X-17': 'a pack altered, old, mixed, expired or of an unknown key',
  'X-18': 'somebody in the middle with another certificate',
  'X-21': 'own data exported, corrected, erased',
  'X-22': 'consent refused or withdrawn',
  'X-23': 'unsigned packages, new install scripts',
  'H-01': 'accessibility of every page and state',
  'H-02': 'double text on the narrowest screen with the longest names',
  'H-03': 'small or crowded targets',
  'H-05': 'keyboard and screen reader alone',
  'H-06': 'glare and no colours',
  'F-01': 'the first visit over village links',
  'F-02': 'a start without a network on a slow phone',
  'F-03': 'the weight of the build',
  'F-05': 'the data used in a month',
} as const;
export type FaultId = keyof typeof FAULTS;

/** In the order of the list. */
export const FAULT_IDS = Object.keys(FAULTS) as FaultId[];

/** The ids at the start of a test's name: `S-02 …`, `D-03, D-04 …`; [] where it names none. */
export function idsOfTitle(title: string): string[] {
  const run = /^[A-Z]-\d\d(?:(?:, ?| and | )[A-Z]-\d\d)*(?![\w-])/.exec(title)?.[0] ?? '';
  return run.match(/[A-Z]-\d\d/g) ?? [];
}

/**
 * The ids that `--only` asks for: letters (`D,P`) and ids (`S-06`) with commas between; all of them
 * for undefined. A part that names nothing is returned in `unknown`.
 */
export function chooseIds(only: string | undefined): { ids: FaultId[]; unknown: string[] } {
  if (only === undefined) return { ids: FAULT_IDS, unknown: [] };
  const parts = only.split(',').map((part) => part.trim().toUpperCase());
  const fits = (id: string, part: string) => id === part || id.split('-')[0] === part;
  return {
    ids: FAULT_IDS.filter((id) => parts.some((part) => fits(id, part))),
    unknown: parts.filter((part) => !FAULT_IDS.some((id) => fits(id, part))),
  };
}
