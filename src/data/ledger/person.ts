import type { Names } from '#domain/bodies/shared.ts';
import type { Grant } from '#domain/roles.ts';
import type { ClockOffset } from '#lib/clock.ts';

/** A person as this phone knows them. Several may share one phone; each has own keys and outbox. */
export interface Person {
  /** The person's id, the same on every device. */
  person: string;
  /** This phone's id for this person; records are counted per device and person. */
  device: string;
  /** 32 random bytes, base64url; sent as Bearer. */
  token: string;
  /** Raw AES-256 key of the self records; it leaves the phone on the recovery card, or sealed under a 搬 code. */
  key: Uint8Array<ArrayBuffer>;
  /** Keys that were the person's before this one, or are another device's (keyring.ts). */
  older?: Uint8Array<ArrayBuffer>[] | undefined;
  /** P-256 pair for seals; null where this browser can make or store none. */
  signing: CryptoKeyPair | null;
  names: Names;
  /** The branch (or township, county) that the invitation was for. */
  place: Names;
  grants: Grant[];
  county: { id: string; names: Names; demo: boolean };
  /** The server's history that the cursors speak of. */
  epoch: string;
  /** Null until a first answer told the server's time. */
  offset: ClockOffset | null;
  /** Phone time, ms. */
  joinedAt: number;
  /** True until the first complete pull: the server is asked for this device's own rows too. */
  fresh: boolean;
  /** What four digits are compared with (curtain.ts); left out where there is no curtain. */
  curtain?: string | undefined;
}

/** What joining brings; key and the rest are made on admission. */
export type Admission = Pick<
  Person,
  'person' | 'device' | 'token' | 'signing' | 'names' | 'place' | 'grants' | 'county' | 'epoch'
>;
