/** Randomness as a port: a cryptographic source in the app and on the server, a seeded one in tests. */
export interface Random {
  /** `length` fresh random bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}
