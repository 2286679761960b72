import { useLedger, useLive } from '#data/use-ledger.ts';

/** Kept on this phone alone: nobody sees who read what. The first screen reads it too. */
const PLACE = 'report-place';

export interface ReadingPlace {
  /** The chapter's id. */
  chapter: string;
  /** Which one it is, from 1. */
  nth: number;
}

/** The chapter at which this person last was. */
export function useReadingPlace() {
  const ledger = useLedger();
  return {
    place: useLive(() => ledger.kept<ReadingPlace>(PLACE), null),
    keepPlace: (place: ReadingPlace) => void ledger.keep(PLACE, place),
  };
}
