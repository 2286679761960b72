/** GET /api/openapi.json: the API as it validates, made from the same schemas. */
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { healthAnswerSchema, healthRequestSchema } from '#protocol/health.ts';
import { countyRequestSchema, countySchema } from '#protocol/join.ts';
import { joinAnswerSchema, joinRequestSchema } from '#protocol/join.ts';
import { lookAnswerSchema, lookRequestSchema } from '#protocol/join.ts';
import { keepAnswerSchema, recallAnswerSchema, recallRequestSchema } from '#protocol/recall.ts';
import { ERROR_CODES } from '#protocol/errors.ts';
import { recordSchema } from '#protocol/record.ts';
import { renewAnswerSchema, renewRequestSchema } from '#protocol/renew.ts';
import { syncAnswerSchema, syncRequestSchema } from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';

/** The document, made once. */
export function openApi(): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Rixue', version: String(PROTOCOL_VERSION) },
    paths: {
      '/api/sync': {
        post: {
          ...operation('Push and pull in one round trip', syncRequestSchema, syncAnswerSchema),
          security: [{ token: [] }],
        },
      },
      '/api/county': { post: operation('Which county this is', countyRequestSchema, countySchema) },
      '/api/join/look': {
        post: operation('Whom an invitation is for', lookRequestSchema, lookAnswerSchema),
      },
      '/api/join': { post: operation('Join', joinRequestSchema, joinAnswerSchema) },
      '/api/health': {
        post: {
          ...operation('How the machine is', healthRequestSchema, healthAnswerSchema),
          security: [{ token: [] }],
        },
      },
      '/api/join/keep': {
        post: {
          ...operation('Keep the token as a cookie too', recallRequestSchema, keepAnswerSchema),
          security: [{ token: [] }],
        },
      },
      '/api/join/recall': {
        post: operation('Who has a cookie here', recallRequestSchema, recallAnswerSchema),
      },
      '/api/renew': {
        post: {
          ...operation('Go on under a new device id', renewRequestSchema, renewAnswerSchema),
          security: [{ token: [] }],
        },
      },
      '/healthz': { get: { responses: { 200: { description: 'the process lives' } } } },
      '/readyz': {
        get: {
          responses: {
            200: { description: 'the database answers and migrations are in' },
            503: { description: 'not now' },
          },
        },
      },
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Record: schema(recordSchema), Error: errorSchema },
    },
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
