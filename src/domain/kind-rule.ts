/** What the table of kinds (kinds.ts) says of each; its body's schema is in kind-bodies.ts. */
import type { Audience } from './audience.ts';

/** Who may write a kind: a role in the record's scope (desk: secretary and committee), the owner of a person scope, the county's administrator, anybody to the county itself, or the server alone. */
export type Writer =
  'owner' | 'subject' | 'anybody' | 'desk' | 'secretary' | 'administrator' | 'server';

export interface KindRule {
  /** Version of the body's schema that is written today; older ones stay readable. */
  version: number;
  writers: readonly Writer[];
  audience: Audience;
  /** True where a record must name whom it is about. */
  ofPerson?: true;
  /** True where a desk may have the body erased (erasure.ts); what is left out stays, but for its age. */
  erasable?: true;
  /** As what it is erased by age (retention.ts), also where no desk could; what is left out is not. */
  ages?: 'roll' | 'message';
  /** True where it gives or takes rights: one that waits never comes to count, it is written anew (decisions.ts). */
  gives?: true;
  /** True where one that comes after its author's role waits for a person although nobody erases it. */
  keptLate?: true;
}
