/**
 * From proven bytes to what a screen reads: every text in both scripts, and a folded key to find it.
 *
 * Promises: blocks keep their place and type in both scripts; the simplified form is exactly what
 * the publisher wanted (patch.ts) or the pack is refused. Runs once, on arrival: about 10 ms for
 * the report and the dictionary on a desktop.
 */
import * as v from 'valibot';
import { fold } from '#script/fold.ts';
import { keepNames } from '#script/keep-names.ts';
import { toHans } from '#script/to-hans.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { Block } from './block.ts';
import { type Document, documentSchema, mapTexts, type Texts } from './document.ts';
import type { Manifest } from './manifest.ts';
import { blockTexts } from './map-block.ts';
import { repairText } from './patch.ts';
import {
  type PackError,
  type PackFiles,
  parseJson,
  type VerifiedPack,
  verifyPack,
} from './verify-pack.ts';

export interface BothScripts {
  readonly hant: string;
  readonly hans: string;
}

export interface OpenedBlock {
  readonly hant: Block;
  readonly hans: Block;
  /** Folded text of the block, for searching. */
  readonly key: string;
}

export interface OpenedChapter {
  readonly id: string;
  readonly kicker?: BothScripts;
  readonly title: BothScripts;
  readonly blocks: readonly OpenedBlock[];
}

export interface OpenedPack {
  readonly manifest: Manifest;
  readonly title: BothScripts;
  /** What stands before the first chapter; may be empty. */
  readonly lead: readonly OpenedBlock[];
  readonly chapters: readonly OpenedChapter[];
}

/** Verifies and opens in one step: the way for bytes that were just fetched. */
export function openPack(
  manifestBytes: Uint8Array,
  files: PackFiles,
): Result<OpenedPack, PackError> {
  const verified = verifyPack(manifestBytes, files);
  return verified.ok ? openVerified(verified.value) : verified;
}

/** Opens a pack whose bytes are proven. */
export function openVerified({ manifest, files }: VerifiedPack): Result<OpenedPack, PackError> {
  const parsed = v.safeParse(documentSchema, parseJson(files.get(manifest.document) ?? NOTHING));
  if (!parsed.success) return fail('pack.document-invalid');
  const document = parsed.output;
  const hans = deriveHans(document);
  if (hans === undefined) return fail('pack.patch-misfit');
  return ok({
    manifest,
    title: { hant: document.title, hans: hans.title },
    lead: joinBlocks(document.lead, hans.lead),
    chapters: document.chapters.map((chapter, at) => joinChapter(chapter, hans.chapters[at])),
  });
}

/** The simplified form of a stored document; undefined when its patch does not fit. */
export function deriveHans(document: Document): Texts | undefined {
  const convert = keepNames(toHans, document.names, 'hant');
  let index = -1;
  let misfit = false;
  const derived = mapTexts(document, (text) => {
    index += 1;
    const repaired = repairText(convert(text), index, document.patch);
    misfit ||= repaired === undefined;
    return repaired ?? text;
  });
  return misfit ? undefined : derived;
}

const NOTHING = new Uint8Array(0);

type StoredChapter = Document['chapters'][number];

function joinChapter(hant: StoredChapter, hans: StoredChapter | undefined): OpenedChapter {
  if (hans === undefined) throw new Error('a derived document has as many chapters as its source');
  return {
    id: hant.id,
    ...(hant.kicker === undefined || hans.kicker === undefined
      ? {}
      : { kicker: { hant: hant.kicker, hans: hans.kicker } }),
    title: { hant: hant.title, hans: hans.title },
    blocks: joinBlocks(hant.blocks, hans.blocks),
  };
}

function joinBlocks(hant: readonly Block[], hans: readonly Block[]): OpenedBlock[] {
  return hant.flatMap((block, at) => {
    const simplified = hans[at];
    return simplified === undefined
      ? []
      : [{ hant: block, hans: simplified, key: fold(blockTexts(block).join(' ')) }];
  });
}
