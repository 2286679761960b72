import type { Person } from '#data/ledger/person.ts';
import { isDesk } from '#domain/roles.ts';

/** Which of the person's branches the desk shows is kept under this name (the desk's first screen chooses it). */
const CHOSEN = 'desk.scope';

/** The branch whose desk is open: the chosen one, else the first; null where this person keeps no roster. */
export async function chosenScope(ledger: {
  current(): Promise<Person | null>;
  kept<T>(name: string): Promise<T | null>;
}): Promise<string | null> {
  const [person, kept] = await Promise.all([ledger.current(), ledger.kept<string>(CHOSEN)]);
  const scopes = (person?.grants ?? [])
    .filter(({ role }) => isDesk(role))
    .map(({ scope }) => scope);
  return scopes.find((scope) => scope === kept) ?? scopes[0] ?? null;
}
