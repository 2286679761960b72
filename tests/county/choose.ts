/** Choices from a seeded source: the same seed gives the same county. */
export type Chance = () => number;

/** One of them, each as likely as the other. */
export function oneOf<T>(values: readonly T[], chance: Chance): T {
  const value = values[Math.floor(chance() * values.length)];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
}

/** `text` cut into pairs: a character (or a word between spaces) in simplified and in traditional script. */
export function pairs(hans: string, hant: string): { hans: string; hant: string }[] {
  const others = hant.split(' ');
  return hans.split(' ').map((one, at) => ({ hans: one, hant: others[at] ?? '' }));
}
