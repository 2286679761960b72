/** The hall code as the county will judge it. */
import { digitsSlot, hallDigits, hallSecret } from '#domain/hall-code.ts';
import { fromBase64Url } from '#lib/base64.ts';
import type { County } from './county.ts';

/** The six digits that are good now for an activity on a displaying device: this slot's and the last one's. */
export async function acceptedDigits(
  county: County,
  activity: string,
  device: string,
): Promise<string[]> {
  const [row] = await county.rows<{ body: string }>(
    `select body from records where kind = 'presence-key' and scope =
       (select scope from records where device = $1 limit 1)`,
    [device],
  );
  const { key } = JSON.parse(row?.body ?? '{"key":""}') as { key: string };
  const secret = hallSecret(fromBase64Url(key) ?? new Uint8Array(), activity, device);
  const slot = digitsSlot(Date.now());
  return [hallDigits(secret, slot), hallDigits(secret, slot - 1)];
}
