/** Name under which is kept, for each person, how many refused records they have been told of. */
export const SEEN_REFUSED = 'refused.seen';
