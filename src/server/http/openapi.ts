/** GET /api/openapi.json: the API as it validates, made from the same schemas. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { healthAnswerSchema, healthRequestSchema } from '#protocol/health.ts';
import { countyRequestSchema, countySchema } from '#protocol/join.ts';
import { joinAnswerSchema, joinRequestSchema } from '#protocol/join.ts';
import { lookAnswerSchema, lookRequestSchema } from '#protocol/join.ts';
import { againAnswerSchema, againRequestSchema } from '#protocol/rejoin.ts';
import {
  moveAnswerSchema,
  moveRequestSchema,
  takeAnswerSchema,
  takeRequestSchema,
} from '#protocol/move.ts';
import { keepAnswerSchema, recallAnswerSchema, recallRequestSchema } from '#protocol/recall.ts';
import { onceAnswerSchema, onceRequestSchema } from '#protocol/once.ts';
import { ERROR_CODES } from '#protocol/errors.ts';
import { recordSchema } from '#protocol/record.ts';
import { renewAnswerSchema, renewRequestSchema } from '#protocol/renew.ts';
import { retentionAnswerSchema, retentionRequestSchema } from '#protocol/retention.ts';
import { syncAnswerSchema, syncRequestSchema } from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';

/** The document, made once. */
export function openApi(): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Rixue', version: String(PROTOCOL_VERSION) },
    paths: { ...phonePaths(), ...joiningPaths(), ...machinePaths() },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Record: schema(recordSchema), Error: errorSchema },
    },
  };
}

/** What a phone that has joined asks, with its token. */
function phonePaths() {
  const withToken = (...of: Parameters<typeof operation>) => ({
    post: { ...operation(...of), security: [{ token: [] }] },
  });
  return {
    '/api/sync': withToken('Push and pull in one round trip', syncRequestSchema, syncAnswerSchema),
    '/api/renew': withToken('Go on under a new device id', renewRequestSchema, renewAnswerSchema),
    '/api/join/keep': withToken(
      'Keep the token as a cookie too',
      recallRequestSchema,
      keepAnswerSchema,
    ),
    '/api/move': withToken('Let another own device in', moveRequestSchema, moveAnswerSchema),
    '/api/once': withToken('Leave a table for one download', onceRequestSchema, onceAnswerSchema),
    '/api/health': withToken('How the machine is', healthRequestSchema, healthAnswerSchema),
    '/api/retention': withToken(
      'What would go by age',
      retentionRequestSchema,
      retentionAnswerSchema,
    ),
  };
}

/** What anybody may ask. */
function joiningPaths() {
  const post = (...of: Parameters<typeof operation>) => ({ post: operation(...of) });
  return {
    '/api/county': post('Which county this is', countyRequestSchema, countySchema),
    '/api/join/look': post('Whom an invitation is for', lookRequestSchema, lookAnswerSchema),
    '/api/join': post('Join', joinRequestSchema, joinAnswerSchema),
    '/api/join/again': post('Ask to be let in again', againRequestSchema, againAnswerSchema),
    '/api/move/take': post('Go on as a second device', takeRequestSchema, takeAnswerSchema),
    '/api/join/recall': post('Who has a cookie here', recallRequestSchema, recallAnswerSchema),
  };
}

/** For whoever watches the machine. */
function machinePaths() {
  const says = (description: string) => ({ description });
  const ready = { 200: says('the database answers and migrations are in'), 503: says('not now') };
  return {
    '/healthz': { get: { responses: { 200: says('the process lives') } } },
    '/readyz': { get: { responses: ready } },
  };
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: { error: { enum: [...ERROR_CODES] } },
};

function operation(summary: string, request: GenericSchema, answer: GenericSchema) {
  return {
    summary,
    requestBody: { required: true, content: { 'application/json': { schema: schema(request) } } },
    responses: {
      200: { description: summary, content: { 'application/json': { schema: schema(answer) } } },
      default: {
        description: 'an error code',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

/** Checks that JSON Schema cannot say (a real day, no control characters) are left out. */
function schema(of: GenericSchema): object {
  const { $schema: _, ...rest } = toJsonSchema(of, { errorMode: 'ignore' });
  return rest;
}
