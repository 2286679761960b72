/**
 * POST /api/health: how the county's machine is, for its administrators alone. To everybody else the
 * path does not exist (404, the body of an unknown one). Facts about the machine, nothing about
 * anybody; what to do about them is said by the phone, in its reader's script. Times are server
 * time in ms. The other side may assume nothing about fields that it does not know.
 */
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const healthRequestSchema = v.strictObject({});

export const healthAnswerSchema = v.object({
  now: v.number(),
  /** When this process began to answer. */
  upSince: v.number(),
  /** The build's check code, the last step of the database's structure, PostgreSQL's version. */
  build: v.string(),
  schema: v.string(),
  database: v.string(),
  /** Connections to the database that are open, and requests that wait for one. */
  connections: count,
  waiting: count,
  /** Null where the database lies on another machine. `low`: nothing new is taken. */
  disk: v.nullable(v.object({ free: count, low: v.boolean() })),
  backup: v.object({
    /** Whether this server writes one each night and tries restores. */
    automatic: v.boolean(),
    /** The newest one; null where there is none that this server knows of. */
    last: v.nullable(v.object({ at: v.number(), bytes: count, how: v.picklist(['auto', 'hand']) })),
  }),
  /** The last try of a restore. `problem`: a short code, null where it went well. */
  drill: v.nullable(v.object({ at: v.number(), problem: v.nullable(v.string()) })),
  /** Administrators' acts, and the last audit of them with the number of its findings. */
  acts: v.object({
    count,
    audited: v.nullable(v.object({ at: v.number(), findings: count })),
  }),
});
export type HealthAnswer = v.InferOutput<typeof healthAnswerSchema>;
