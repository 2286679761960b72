/**
 * Sessions for members who are away, and meetings that some join from afar. They answer by the six digits
 * that are read out in the call: digits can be passed on, so the desk is asked whether it heard or saw them,
 * and what one tap then writes is 線上, which stands apart from those in the hall (PRODUCT.md, domain rules).
 */
import type { ActivityBody } from './bodies/attendance.ts';
import type { ProofBody } from './bodies/proof.ts';
import type { MemberState } from './bodies/people.ts';

/** What of a proof, and of whoever gave it, tells where they were. */
interface Given {
  activity: Pick<ActivityBody, 'type'>;
  proof: Pick<ProofBody, 'way'>;
  /** Null where nobody on the roster gave it. */
  member: { state: MemberState } | null;
}

/**
 * Whether a proof was given from afar, as far as can be told: digits, and the session is for those who are
 * away, or whoever typed them is away. Digits of anybody else were read off the hall's screen, by whoever
 * has no camera. Then 「聽到聲音或看到人了嗎？」 is asked.
 */
export function remoteByDigits({ activity, proof, member }: Given): boolean {
  if (proof.way !== 'digits') return false;
  return activity.type === 'migrant-session' || member?.state === 'migrant';
}
