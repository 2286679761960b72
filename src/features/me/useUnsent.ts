import { useWayOut } from '#data/mirror/use-way-out.ts';
import { useLive } from '#data/use-ledger.ts';
import { useAsync } from '#ui/use-async.ts';

/** What has no receipt, and what the county did not take in; it goes from the screen as receipts come. */
export function useUnsent() {
  const { find, opens } = useWayOut();
  // A query over a database that does not open may wait for ever.
  return { found: opens ? useLive(find, null) : useAsync(find).value };
}
