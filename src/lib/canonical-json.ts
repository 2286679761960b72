/** What a record's body may hold: no undefined, no NaN, no dates, so that every machine writes the same text. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * One text for one value (in the manner of RFC 8785): keys in code unit order, no spaces,
 * members that are undefined left out. Hashes are taken over this text.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
