/**
 * The mirror's place outside IndexedDB. Keys: `rixue.mirror` = who is here (mirror-image.ts), and
 * `rixue.mirror.<person>.<i>` = the records of one person with seq 50·i … 50·i+49, so that one more
 * record rewrites little. Promises: what cannot be read is passed over and costs nothing beside it;
 * a full or forbidden storage is no failure of anybody's saving.
 */
import * as v from 'valibot';
import { MIRROR_KEY, type MirrorStorage } from '#data/ledger/mirror-head.ts';
import {
  headSchema,
  mirroredPersonSchema,
  mirroredRecordSchema,
  type MirroredPerson,
  type MirroredRecord,
} from './mirror-image.ts';

/** Storage gives an origin 5 M characters in all; the rest is left to others. */
const ROOM_CHARACTERS = 2 * 1024 * 1024;
const CHUNK = 50;

export interface MirrorImage {
  current: string | null;
  people: MirroredPerson[];
  /** Records by person, in the order of seq. */
  records: Map<string, MirroredRecord[]>;
  left: number;
}

/** Everything that can be read; empty where there is nothing. */
export function readMirror(storage: MirrorStorage | undefined): MirrorImage {
  const image: MirrorImage = { current: null, people: [], records: new Map(), left: 0 };
  try {
    const head = parsed(headSchema, storage?.getItem(MIRROR_KEY) ?? null);
    if (!storage || !head) return image;
    const people = fitting(mirroredPersonSchema, head.people);
    for (const { person } of people) image.records.set(person, readRecords(storage, person));
    return { ...image, current: head.current, left: head.left, people };
  } catch {
    return image;
  }
}

/** Puts the image in the place of the one before; answers how many records found no room. */
export function writeMirror(storage: MirrorStorage, image: Omit<MirrorImage, 'left'>): number {
  let room = ROOM_CHARACTERS;
  let left = 0;
  const kept = new Map<string, string>();
  for (const [person, records] of image.records) {
    for (const [index, chunk] of chunksOf(records)) {
      const text = JSON.stringify(chunk);
      room -= text.length;
      if (room >= 0) kept.set(chunkKey(person, index), text);
      else left += chunk.length;
    }
  }
  for (const [key, text] of kept) if (!put(storage, key, text)) left += countIn(text);
  // Records first: a page that dies here leaves a head behind its records, never one ahead of them.
  const head = { v: 1, current: image.current, people: image.people, left };
  put(storage, MIRROR_KEY, JSON.stringify(head));
  for (const key of chunkKeys(storage)) if (!kept.has(key)) storage.removeItem(key);
  return left;
}

function readRecords(storage: MirrorStorage, person: string): MirroredRecord[] {
  const prefix = chunkKey(person, '');
  const found = chunkKeys(storage)
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => parsed(v.array(v.unknown()), storage.getItem(key)) ?? []);
  return fitting(mirroredRecordSchema, found).sort((a, b) => a.seq - b.seq);
}

function fitting<S extends v.GenericSchema>(schema: S, entries: readonly unknown[]) {
  const read = entries.map((entry) => v.safeParse(schema, entry));
  return read.flatMap((entry) => (entry.success ? [entry.output] : []));
}

function parsed<S extends v.GenericSchema>(schema: S, text: string | null) {
  try {
    const read = v.safeParse(schema, JSON.parse(text ?? 'null'));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

function chunksOf(records: readonly MirroredRecord[]): Map<number, MirroredRecord[]> {
  const chunks = new Map<number, MirroredRecord[]>();
  for (const record of records) {
    const index = Math.floor(record.seq / CHUNK);
    chunks.set(index, [...(chunks.get(index) ?? []), record]);
  }
  return chunks;
}

function chunkKey(person: string, index: number | ''): string {
  return `${MIRROR_KEY}.${person}.${index}`;
}

function chunkKeys(storage: MirrorStorage): string[] {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
  return keys.filter((key) => key.startsWith(`${MIRROR_KEY}.`));
}

/** False where there is no room: then what stood there before stays. */
function put(storage: MirrorStorage, key: string, text: string): boolean {
  try {
    if (storage.getItem(key) !== text) storage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

function countIn(text: string): number {
  return (JSON.parse(text) as unknown[]).length;
}
