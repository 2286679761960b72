/**
 * Brings `toHant` when somebody types or publishes. A page that only reads never calls this, and so
 * never loads the phrase dictionaries. Rejects when the chunk cannot be had (no network, first use).
 */
export async function loadToHant(): Promise<(text: string) => string> {
  const { toHant } = await import('./to-hant.ts');
  return toHant;
}
