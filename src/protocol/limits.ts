/** What the ledger, too, must know of the wire: apart from the schemas, which come after the first screen. */
/** Before any row. */
export const CURSOR_START = { n: 0, tag: '' };

/** Refused records that a seal names at most. */
export const REFUSED_MAX = 50;
