import { useRouter } from 'vue-router';

/**
 * The way back to a path. Where that page was the one before, it is gone back to and stands where it was
 * left: whoever goes through a long list name by name does not begin at its top each time.
 */
export function useWayBack(): (event: MouseEvent, path: string, open: Open) => void {
  const router = useRouter();
  return (event, path, open) => {
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (elsewhere || (history.state as { back?: unknown } | null)?.back !== path) {
      open(event);
      return;
    }
    event.preventDefault();
    router.back();
  };
}

/** What a link of the router does with a tap. */
type Open = (event: MouseEvent) => unknown;
