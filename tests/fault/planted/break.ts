import type { FaultId } from '#tests/fault/ids.ts';

/** One line that makes the code wrong in a way that somebody could write one day. */
export type Break = {
  /** What is wrong then, in a few words with hyphens. */
  name: string;
  /** The faults whose tests must notice. */
  ids: FaultId[];
  file: string;
  /** Text that is in the file exactly once; a meta test checks it. */
  find: string;
  replace: string;
  /** Whether the tests look at the built app: it is built again in the copy. */
  build?: boolean;
};
