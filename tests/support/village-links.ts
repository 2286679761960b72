/** The links of a village, as docs of the faults name them: A good, B the gate, C must finish. */
export type LinkShape = {
  downBps: number;
  upBps: number;
  rttMs: number;
  /** Chance that a segment of 1,400 bytes is lost once. */
  loss: number;
  /** The link hangs `forMs` once in each `everyMs`. */
  stall?: { everyMs: number; forMs: number };
  /** All connections are cut each time so much time has passed. */
  cutEveryMs?: number;
  /** A connection is cut after so many bytes, both directions together. */
  cutEveryBytes?: number;
};

export const openLink: LinkShape = { downBps: Infinity, upBps: Infinity, rttMs: 0, loss: 0 };

export const villageLinks = {
  A: { downBps: 1_000_000, upBps: 256_000, rttMs: 300, loss: 0.01 },
  B: {
    downBps: 150_000,
    upBps: 50_000,
    rttMs: 600,
    loss: 0.03,
    stall: { everyMs: 30_000, forMs: 5_000 },
  },
  C: { downBps: 50_000, upBps: 20_000, rttMs: 800, loss: 0.05, cutEveryMs: 60_000 },
} as const satisfies Record<string, LinkShape>;
