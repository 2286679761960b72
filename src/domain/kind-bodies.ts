/**
 * What a record of each kind says: the schema of its body, the other half of the table in kinds.ts. Apart
 * from it, because only whoever saves or checks a record needs the schemas, and the first screen neither.
 */
import type { GenericSchema } from 'valibot';
import {
  absenceBody,
  activityBody,
  activityChangeBody,
  checkInBody,
  presenceKeyBody,
} from './bodies/attendance.ts';
import {
  closingBody,
  exclusionBody,
  formBody,
  lookedBody,
  noticeBody,
  paperCountBody,
  paperPeopleBody,
  reopeningBody,
} from './bodies/closing.ts';
import { complaintAnswerBody, complaintBody, complaintToldBody } from './bodies/complaint.ts';
import { decisionBody } from './bodies/decision.ts';
import {
  admissionBody,
  phonesLostBody,
  rejoinRequestBody,
  revocationBody,
} from './bodies/devices.ts';
import { erasureBody } from './bodies/erasure.ts';
import { exportBody } from './bodies/export.ts';
import {
  attendedBody,
  attendedCheckedBody,
  contactBody,
  contactPersonBody,
  ownRulesBody,
} from './bodies/migrants.ts';
import { olderKeyBody } from './bodies/older-key.ts';
import { aboutBody, branchBody, officeBody, roleBody } from './bodies/organisation.ts';
import { ownDeviceBody } from './bodies/own-device.ts';
import { consentBody, invitationBody, memberBody, standingBody } from './bodies/people.ts';
import {
  cardBody,
  objectionAboveBody,
  objectionBody,
  proofBody,
  shownBody,
} from './bodies/proof.ts';
import { answerBody, requestBody } from './bodies/requests.ts';
import { keepingBody, retentionBody } from './bodies/retention.ts';
import { secondBody } from './bodies/second.ts';
import { studyBody } from './bodies/study.ts';
import { takenOverBody, transferBody } from './bodies/transfer.ts';
import type { Kind } from './kinds.ts';

const BODIES: Record<Kind, GenericSchema> = {
  'own-rules': ownRulesBody,
  'attended-elsewhere': attendedBody,
  'attended-checked': attendedCheckedBody,
  'contact-person': contactPersonBody,
  contact: contactBody,
  study: studyBody,
  'older-key': olderKeyBody,
  'own-device': ownDeviceBody,
  consent: consentBody,
  member: memberBody,
  standing: standingBody,
  invitation: invitationBody,
  request: requestBody,
  answer: answerBody,
  erasure: erasureBody,
  decision: decisionBody,
  export: exportBody,
  revocation: revocationBody,
  'phones-lost': phonesLostBody,
  'rejoin-request': rejoinRequestBody,
  admission: admissionBody,
  branch: branchBody,
  role: roleBody,
  office: officeBody,
  transfer: transferBody,
  second: secondBody,
  'taken-over': takenOverBody,
  about: aboutBody,
  complaint: complaintBody,
  'complaint-answer': complaintAnswerBody,
  'complaint-told': complaintToldBody,
  retention: retentionBody,
  keeping: keepingBody,
  activity: activityBody,
  'activity-change': activityChangeBody,
  'check-in': checkInBody,
  absence: absenceBody,
  proof: proofBody,
  exclusion: exclusionBody,
  objection: objectionBody,
  'objection-above': objectionAboveBody,
  'paper-count': paperCountBody,
  'paper-people': paperPeopleBody,
  closing: closingBody,
  reopening: reopeningBody,
  looked: lookedBody,
  shown: shownBody,
  card: cardBody,
  notice: noticeBody,
  form: formBody,
  'presence-key': presenceKeyBody,
};

/** The schema of a kind's body as it is written today, older ones within it; null where there is no such kind. */
export function bodySchema(kind: string): GenericSchema | null {
  return Object.keys(BODIES).includes(kind) ? BODIES[kind as Kind] : null;
}
