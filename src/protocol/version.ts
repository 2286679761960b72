/**
 * The protocol's version. The server takes records from every past version and answers the current
 * and the previous one. A change of a schema in this folder raises it; tests/meta pins the schemas' hash.
 *
 * 1  first form: sync in one request, joining by invitation
 * 2  what an old phone may leave out and pass over: erased records, keys and devices made anew, a
 *    smaller form of the same messages
 * 3  grants may say that a branch was left, whose own rows are read through a view of their own; an empty
 *    phone asks to be let in again
 * 4  grants may say that somebody reports to a second branch; to older phones it is a membership
 * 5  a secretary follows a view that the committee has not; older phones are told nothing of it
 */
export const PROTOCOL_VERSION = 5;
