/** What a phone holds, straight from its database and past the app's own reading. */
import type { Page } from 'playwright';

export interface WrittenRecord {
  id: string;
  topic: string;
  state: string;
}

/** The one person of this phone, as the phone knows them. */
export async function personOn(page: Page): Promise<{ person: string; device: string }> {
  const [person] = await readTable<{ person: string; device: string }>(page, 'people');
  if (!person) throw new Error('nobody has joined on this phone');
  return person;
}

/** The records that were written on this phone, by anybody who is on it. */
export async function writtenOn(page: Page): Promise<WrittenRecord[]> {
  const people = await readTable<{ device: string }>(page, 'people');
  const devices = people.map(({ device }) => device);
  const rows = await readTable<WrittenRecord & { device: string }>(page, 'records');
  return rows
    .filter((row) => devices.includes(row.device))
    .map(({ id, topic, state }) => ({ id, topic, state }));
}

/** Those of them for which there is no receipt yet. */
export async function unsentOn(page: Page): Promise<WrittenRecord[]> {
  return (await writtenOn(page)).filter(({ state }) => state !== 'sent');
}

/** Ids of all records of this phone, whoever wrote them, in order. */
export async function heldOn(page: Page): Promise<string[]> {
  return (await readTable<{ id: string }>(page, 'records')).map(({ id }) => id).sort();
}

/** Ids of own records that are not whole: without text, salt, place or standing, unsent ones without their place in the outbox. */
export async function brokenRows(page: Page): Promise<string[]> {
  const { device } = await personOn(page);
  const rows = await readTable<Record<string, unknown> & { id: string }>(page, 'records');
  const own = rows.filter((row) => row['device'] === device);
  const seqs = new Set(own.map(({ seq }) => seq));
  const isWhole = ({ text, salt, hash, state, outbox }: Record<string, unknown>) =>
    Boolean(text && salt && hash) && (state === 'saved' ? outbox === device : state === 'sent');
  const broken = own.filter((row) => !isWhole(row)).map(({ id }) => id);
  const gaps = own.map((_, at) => at + 1).filter((seq) => !seqs.has(seq));
  return [...broken, ...gaps.map((seq) => `seq ${seq}`)];
}

/** A small value kept under a name; null where there is none. */
export async function keptOn<T>(page: Page, name: string): Promise<T | null> {
  const rows = await readTable<{ name: string; value: T }>(page, 'kept');
  return rows.find((row) => row.name === name)?.value ?? null;
}

/** The number of the database's schema, as the browser counts it. */
export function schemaOn(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const all = await indexedDB.databases();
    return all.find(({ name }) => name === 'ledger')?.version ?? 0;
  });
}

function readTable<T>(page: Page, table: string): Promise<T[]> {
  return page.evaluate(async (wanted) => {
    const opening = indexedDB.open('ledger');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const reading = opening.result.transaction(wanted).objectStore(wanted).getAll();
    await new Promise((resolve) => (reading.onsuccess = resolve));
    opening.result.close();
    // Keys that may not leave the browser stay behind.
    return JSON.parse(JSON.stringify(reading.result)) as never;
  }, table);
}
