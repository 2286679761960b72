/**
 * Schema 1 of the database `ledger`, frozen: it imports nothing that can change, and a later
 * version is another file beside it.
 *
 * Promises. Only explicit read-write transactions, strict durability. Several people on one phone
 * from the start: every row names its `owner`.
 *
 * people   key person. {person, device, token, key, signing, names, place, grants, county, epoch,
 *          offset, joinedAt, fresh}
 * records  key [owner+id+hash]: the same id with another content is another row and both stay.
 *          {owner, id, hash, kind, v, scope, subject, author, device, seq, day, at, offset,
 *          offsetAge, salt, text, inner, topic, state, outbox?, n, tag, head, views, confirm, reason}
 *          hash: base64url. kind: as on the wire. text: the body as it was hashed. inner: a self
 *          record opened, so that folding needs no waiting. topic: the true kind. outbox: the
 *          device, on unsent rows alone, so that its index holds nothing else. head: the chain's
 *          head after this row, for own rows.
 * cursors  key [owner+scope+view]. {owner, scope, view, n, tag}
 * kept     key [owner+name]. {owner, name, value}; owner '' before anybody joined
 * floors   key [owner+device]. {owner, device, seq, head}: the last own row that was removed here,
 *          so that no seq is used twice
 * meta     key name. {name, value}: `current` = the person on the screen
 */
export const stores = {
  people: 'person',
  records:
    '[owner+id+hash], [owner+topic], [owner+scope+topic], [owner+device+seq], [owner+outbox+seq]',
  cursors: '[owner+scope+view]',
  kept: '[owner+name]',
  floors: '[owner+device]',
  meta: 'name',
};
