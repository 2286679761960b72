import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { canonicalJson } from '#lib/canonical-json.ts';
import { healthAnswerSchema, healthRequestSchema } from '#protocol/health.ts';
import {
  joinAnswerSchema,
  joinRequestSchema,
  lookAnswerSchema,
  lookRequestSchema,
} from '#protocol/join.ts';
import {
  moveAnswerSchema,
  moveRequestSchema,
  takeAnswerSchema,
  takeRequestSchema,
} from '#protocol/move.ts';
import { recordSchema } from '#protocol/record.ts';
import { againAnswerSchema, againRequestSchema } from '#protocol/rejoin.ts';
import { renewAnswerSchema, renewRequestSchema } from '#protocol/renew.ts';
import { syncAnswerSchema, syncRequestSchema } from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { messagesOfV1 } from '#tests/support/v1/messages.ts';

/** Of one version alone so far: no older phone speaks it. */
const later = {
  healthRequest: healthRequestSchema,
  healthAnswer: healthAnswerSchema,
  renewRequest: renewRequestSchema,
  renewAnswer: renewAnswerSchema,
  againRequest: againRequestSchema,
  againAnswer: againAnswerSchema,
  moveRequest: moveRequestSchema,
  moveAnswer: moveAnswerSchema,
  takeRequest: takeRequestSchema,
  takeAnswer: takeAnswerSchema,
};

const schemas = {
  syncRequest: syncRequestSchema,
  syncAnswer: syncAnswerSchema,
  lookRequest: lookRequestSchema,
  lookAnswer: lookAnswerSchema,
  joinRequest: joinRequestSchema,
  joinAnswer: joinAnswerSchema,
};

/** One line a version. A hash that was released never changes: old phones speak it. */
const PINNED: Record<number, string> = {
  1: '96d78cad8404e8c242ba253c364dfc6c',
  2: '9ad6b30c1aa69d17ac7a7f6943e1b8c1',
  3: '661f8ced8695f6d2972b7efcca578947',
  4: 'cd0167947b57318bd77469289670b583',
  5: '43237cdcfc3a71f0e8085cf7bb6ba7a7',
};

type Name = keyof typeof schemas;
const names = Object.keys(schemas) as Name[];

function hashOfSchemas(
  all: Record<string, v.GenericSchema> = { ...schemas, record: recordSchema, ...later },
): string {
  const json = Object.entries(all).map(([name, schema]) => [
    name,
    toJsonSchema(schema, { errorMode: 'ignore' }),
  ]);
  return createHash('sha256').update(canonicalJson(json)).digest('hex').slice(0, 32);
}

describe(`protocol ${PROTOCOL_VERSION}`, () => {
  it('has the schemas of its version: a change of them raises PROTOCOL_VERSION', () => {
    expect(hashOfSchemas()).toBe(PINNED[PROTOCOL_VERSION]);
  });

  it('P-13 the frozen messages of version 1 are those that were released', () => {
    expect(hashOfSchemas(messagesOfV1)).toBe(PINNED[1]);
  });

  it('has a line of history for each version', () => {
    const source = readFileSync(new URL('../../src/protocol/version.ts', import.meta.url), 'utf8');
    for (let n = 1; n <= PROTOCOL_VERSION; n += 1)
      expect(source).toMatch(new RegExp(`^ \\* ${n}  \\S`, 'm'));
  });

  const samples = JSON.parse(
    readFileSync(new URL('../fixtures/protocol-1.json', import.meta.url), 'utf8'),
  ) as Record<Name, unknown>;

  it.each(names.filter((name) => name.endsWith('Answer')))(
    'an old phone reads a %s that has grown',
    (name) => {
      const grown = { ...(samples[name] as object), 'of a later version': true };
      expect(v.safeParse(schemas[name], grown).success).toBe(true);
    },
  );

  it.each(names)('takes the %s of version 1 as it was', (name) => {
    const parsed = v.safeParse(schemas[name], samples[name]);
    expect(parsed.issues ?? []).toEqual([]);
    expect(parsed.output).toEqual(samples[name]);
  });

  it('takes the records of version 1 one by one', () => {
    const { records } = samples.syncRequest as { records: unknown[] };
    for (const record of records) expect(v.safeParse(recordSchema, record).success).toBe(true);
  });
});
