/** A link for one download, as screens see it (protocol/once.ts); it needs a network. */
import type { InjectionKey } from 'vue';
import type { ExportForm } from '#domain/bodies/export.ts';
import type { Result } from '#lib/result.ts';
import type { ErrorCode } from '#protocol/errors.ts';

export interface OnceLinks {
  /** Leaves a finished table; its path on this server, good for ten minutes and one download. Never throws. */
  leaveOnce(as: ExportForm, file: Uint8Array): Promise<Result<string, ErrorCode>>;
}

export const onceLinksKey: InjectionKey<OnceLinks> = Symbol('once links');
