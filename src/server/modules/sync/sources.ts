/**
 * Whose records a push holds. Mostly the sender's own; a desk may bring those of another phone of its
 * branch, each naming device and author: they are judged as their author's, never as the carrier's. Of
 * a phone of elsewhere nothing is taken, not even a hash: it would stand in that phone's chain.
 */
import { hasDesk, type Grant } from '#domain/roles.ts';
import type { Clock } from '#lib/clock.ts';
import { is } from 'valibot';
import { uuid } from '#domain/bodies/shared.ts';
import type { Database } from '#server/db/database.ts';
import { findDevices } from '#server/http/session.ts';
import type { Bearing } from './judge-chain.ts';

/** A device whose records are pushed. */
export interface Source {
  person: string;
  device: string;
  grants: readonly Grant[];
  /** The county's present history (db/county.ts). */
  epoch: string;
  /** Public key, base64url; null where it never gave one. */
  key: string | null;
  ended: Bearing['ended'];
  /** Who brings them, where that is another device. */
  carrier: { device: string; grants: readonly Grant[] } | null;
}

/** What one device's part of a push is. */
export interface Part {
  source: Source;
  raws: { place: number; raw: unknown }[];
}

/** Other devices in one request at most: a desk takes over from a few phones, not from a county. */
export const CARRIED_DEVICES_MAX = 20;

/** The parts of a push, the sender's own first. What nobody may bring is the sender's, who is refused. */
export async function partsOf(
  { database, clock }: { database: Database; clock: Clock },
  sender: Source,
  raws: readonly unknown[],
): Promise<Part[]> {
  const own: Part = { source: sender, raws: [] };
  const brought = raws.flatMap((raw) => carriable(raw, sender) ?? []);
  const devices = unique(brought.map(({ device }) => device)).slice(0, CARRIED_DEVICES_MAX);
  const wanted = { devices, scopes: unique(brought.map(({ scope }) => scope)) };
  const found = devices.length === 0 ? [] : await findDevices(database.db, wanted, clock.now());
  const carrier = { device: sender.device, grants: sender.grants };
  const parts = found.map(({ places, ...device }) => {
    const source: Source = { ...device, epoch: sender.epoch, carrier };
    const part: Part = { source, raws: [] };
    return { places, part };
  });
  for (const [place, raw] of raws.entries()) {
    const { device, scope } = carriable(raw, sender) ?? {};
    const { author } = (raw ?? {}) as { author?: unknown };
    const of = parts.find(
      ({ places, part: { source } }) =>
        source.device === device && source.person === author && places.includes(scope ?? ''),
    );
    (of?.part ?? own).raws.push({ place, raw });
  }
  return [own, ...parts.map(({ part }) => part)].filter((part) => part.raws.length > 0);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Device and scope of a record that this sender may bring for another; null for its own and for others. */
function carriable(raw: unknown, sender: Source): { device: string; scope: string } | null {
  const { device, scope } = (raw ?? {}) as { device?: unknown; scope?: unknown };
  if (sender.ended || typeof scope !== 'string' || !is(uuid, device)) return null;
  return device !== sender.device && hasDesk(sender.grants, scope) ? { device, scope } : null;
}
