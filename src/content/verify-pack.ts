/**
 * The gate of every pack: nothing of it is parsed as content before its bytes are proven.
 *
 * Order: the manifest's own shape, then every file by size and SHA-256, and only then JSON. A file
 * that is missing, longer, shorter or other is refused as a whole; files that the manifest does not
 * name are never looked at.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { canonicalJson } from '#lib/canonical-json.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Manifest, manifestSchema } from './manifest.ts';
import { utf8FromBytes } from './utf8.ts';

export type PackError =
  | 'pack.manifest-invalid'
  | 'pack.file-missing'
  | 'pack.file-size'
  | 'pack.file-hash'
  | 'pack.document-invalid'
  | 'pack.patch-misfit';

/** A pack's bytes as they came: file name → content. */
export type PackFiles = ReadonlyMap<string, Uint8Array>;

/** Bytes that are what the manifest says they are. Made by `verifyPack` alone. */
export interface VerifiedPack {
  readonly manifest: Manifest;
  readonly files: PackFiles;
}

/** Checks a pack's bytes against its manifest (`manifest.json` as it came). */
export function verifyPack(
  manifestBytes: Uint8Array,
  files: PackFiles,
): Result<VerifiedPack, PackError> {
  const manifest = v.safeParse(manifestSchema, parseJson(manifestBytes));
  if (!manifest.success) return fail('pack.manifest-invalid');
  if (!manifest.output.files.some(({ path }) => path === manifest.output.document)) {
    return fail('pack.manifest-invalid');
  }
  for (const { path, size, sha256: expected } of manifest.output.files) {
    const bytes = files.get(path);
    if (bytes === undefined) return fail('pack.file-missing');
    if (bytes.length !== size) return fail('pack.file-size');
    if (bytesToHex(sha256(bytes)) !== expected) return fail('pack.file-hash');
  }
  return ok({ manifest: manifest.output, files });
}

/** What reviewers sign: id, version, title and every file's hash, 64 hex digits. */
export function contentHash(manifest: Manifest): string {
  const { id, version, title, document, files } = manifest;
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ id, version, title, document, files }))));
}

/** JSON of proven or about to be validated bytes; undefined where it is none. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = utf8FromBytes(bytes);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
