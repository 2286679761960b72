import { makeDocument, packDocument } from '#content/publish.ts';
import { report, REPORT_VERSION } from './report.ts';

/**
 * The files of the built-in pack, the same bytes each time. Nobody has reviewed the text, so it is
 * a demonstration and every screen says so. Throws when the source cannot be published: that is a
 * mistake in this repository, not an outcome.
 */
export function makeReportPack(toHant: (text: string) => string): ReadonlyMap<string, Uint8Array> {
  const document = makeDocument(report, toHant);
  if (!document.ok) throw new Error(JSON.stringify(document.error));
  return packDocument(document.value, {
    id: 'report',
    version: REPORT_VERSION,
    standing: 'demo',
  });
}
