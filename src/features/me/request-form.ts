import { REQUEST_TEXT_MAX, type RequestBody } from '#domain/bodies/requests.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { typedLine } from '#lib/typed-text.ts';

/** The form as it stands while somebody types; `record`: which one is wrong, empty where nothing was chosen. */
export interface CorrectionForm {
  text: string;
  record: string;
}

export type CorrectionFault = 'text' | 'text-long';

/** What will be written: the words as one line, as a record holds them. */
export function correctionOf(form: CorrectionForm): Result<RequestBody, CorrectionFault> {
  const text = typedLine(form.text);
  if (text === '') return fail('text');
  if (text.length > REQUEST_TEXT_MAX) return fail('text-long');
  return ok({ of: 'correction', text, ...(form.record ? { records: [form.record] } : {}) });
}
