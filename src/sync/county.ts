/**
 * Which county this is, for a phone on which nobody has joined: kept, so that a demonstration is
 * marked offline too. Promise: asks once a start at most, tells nothing about the phone.
 */
import * as v from 'valibot';
import { KEPT_COUNTY } from '#data/county.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import { countySchema } from '#protocol/join.ts';
import { pack } from './pack.ts';
import type { Transport } from './transport.port.ts';

/** Asks and keeps; without a network, or where somebody has joined, nothing happens. */
export async function learnCounty(deps: { ledger: Ledger; transport: Transport }): Promise<void> {
  if (await deps.ledger.current()) return;
  const reply = await deps.transport.post('/api/county', await pack({}));
  const told = reply.ok ? v.safeParse(countySchema, reply.value.json) : null;
  if (told?.success && !(await deps.ledger.current()))
    await deps.ledger.keep(KEPT_COUNTY, told.output);
}
