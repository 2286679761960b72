import * as v from 'valibot';
import { uuid } from './shared.ts';

/** `device`: the one that is the subject's no more. */
export const revocationBody = v.strictObject({ device: uuid });
export type RevocationBody = v.InferOutput<typeof revocationBody>;

/** All devices of the subject: whoever writes it reads of none. */
export const phonesLostBody = v.strictObject({});

/** `device`: the empty phone that asks to be the subject's. The record's id is the request's. */
export const rejoinRequestBody = v.strictObject({ device: uuid });
export type RejoinRequestBody = v.InferOutput<typeof rejoinRequestBody>;

/** The device that asked by `request` is the subject's from now on, and no other. */
export const admissionBody = v.strictObject({ device: uuid, request: uuid });
export type AdmissionBody = v.InferOutput<typeof admissionBody>;
