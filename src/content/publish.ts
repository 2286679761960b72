/**
 * From an editor's simplified text to a pack's bytes.
 *
 * Promises: what phones derive is the editor's text, character by character, or nothing is made;
 * the same source gives the same bytes. The patch stays tiny: a converter that needs more repairs
 * than that has been given traditional text that is wrong, and an editor must look at it.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { type BothForms, keepNames } from '#script/keep-names.ts';
import { toHans } from '#script/to-hans.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { Block } from './block.ts';
import {
  type Chapter,
  type Document,
  DOCUMENT_FORMAT,
  documentSchema,
  mapTexts,
  type Repair,
  type Texts,
} from './document.ts';
import { type Manifest, MANIFEST_FORMAT, manifestSchema } from './manifest.ts';
import { deriveHans } from './open-pack.ts';
import { findRepair } from './patch.ts';

/** At most one repair in so many characters, and always two. */
const CHARACTERS_A_REPAIR = 500;

/** An editor's text, simplified; `corrections` overrule the converter: wrong traditional → right. */
export interface Source {
  readonly title: string;
  readonly lead?: readonly Block[];
  readonly chapters: readonly Chapter[];
  readonly names?: readonly BothForms[];
  readonly corrections?: readonly (readonly [string, string])[];
}

export type PublishError =
  | { code: 'publish.source-invalid'; at: string }
  | { code: 'publish.too-many-repairs'; repairs: readonly Repair[] }
  | { code: 'publish.not-reversible' };

/** The stored form of a source. `toHant` is handed in because its dictionaries load lazily. */
export function makeDocument(
  source: Source,
  toHant: (text: string) => string,
): Result<Document, PublishError> {
  const names = [...(source.names ?? [])];
  const texts = {
    title: source.title,
    lead: [...(source.lead ?? [])],
    chapters: [...source.chapters],
  };
  const hant = mapTexts(texts, keepNames(corrected(toHant, source), names, 'hans'));
  const patch = findRepairs(hant, texts, names);
  const parsed = v.safeParse(documentSchema, { format: DOCUMENT_FORMAT, ...hant, names, patch });
  if (!parsed.success) {
    return fail({ code: 'publish.source-invalid', at: v.getDotPath(parsed.issues[0]) ?? '' });
  }
  if (patch.length > allowedRepairs(texts)) {
    return fail({ code: 'publish.too-many-repairs', repairs: patch });
  }
  const derived = deriveHans(parsed.output);
  return derived !== undefined && same(derived, texts)
    ? ok(parsed.output)
    : fail({ code: 'publish.not-reversible' });
}

/** The two files of a pack of text: `manifest.json` and `content.json`, ready to be served. */
export function packDocument(
  document: Document,
  label: Pick<Manifest, 'id' | 'version' | 'standing'> & Partial<Pick<Manifest, 'expires'>>,
): ReadonlyMap<string, Uint8Array> {
  const content = utf8ToBytes(JSON.stringify(document));
  const manifest = v.parse(manifestSchema, {
    format: MANIFEST_FORMAT,
    ...label,
    title: document.title,
    document: 'content.json',
    files: [{ path: 'content.json', size: content.length, sha256: bytesToHex(sha256(content)) }],
  });
  return new Map([
    ['manifest.json', utf8ToBytes(`${JSON.stringify(manifest, null, 2)}\n`)],
    ['content.json', content],
  ]);
}

function corrected(toHant: (text: string) => string, source: Source): (text: string) => string {
  return (text) =>
    (source.corrections ?? []).reduce(
      (result, [wrong, right]) => result.split(wrong).join(right),
      toHant(text),
    );
}

function findRepairs(hant: Texts, wanted: Texts, names: readonly BothForms[]): Repair[] {
  const derive = keepNames(toHans, names, 'hant');
  const wantedTexts = textsOf(wanted);
  return textsOf(hant).flatMap((text, index) => {
    const repair = findRepair(derive(text), wantedTexts[index] ?? '', index);
    return repair === undefined ? [] : [repair];
  });
}

function allowedRepairs(texts: Texts): number {
  return Math.max(2, Math.floor(textsOf(texts).join('').length / CHARACTERS_A_REPAIR));
}

function same(a: Texts, b: Texts): boolean {
  return JSON.stringify(textsOf(a)) === JSON.stringify(textsOf(b));
}

function textsOf(texts: Texts): string[] {
  const all: string[] = [];
  mapTexts(texts, (text) => {
    all.push(text);
    return text;
  });
  return all;
}
