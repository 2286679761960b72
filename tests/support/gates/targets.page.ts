/**
 * Runs in the page, and so uses nothing from outside itself: measures what fingers have to hit.
 * Links within a sentence are exempt; a box that a label belongs to counts with its label.
 */
export function findSmallTargets({ height, gap }: { height: number; gap: number }): string[] {
  const TARGETS =
    'button, a[href], input:not([type=hidden]), select, textarea, summary, ' +
    '[role=button], [role=link], [role=tab], [role=checkbox], [role=radio], [role=switch]';
  const SLACK = 0.5; // half a pixel of rounding

  type Target = { element: Element; box: DOMRect; layer: Element | null };
  const modal = [...document.querySelectorAll('dialog:modal')].at(-1);

  const seen = new Set<Element>();
  const targets = [...(modal ?? document).querySelectorAll(TARGETS)]
    .filter(reachable)
    .filter((element) => !withinSentence(element))
    .map(measure)
    .filter(({ element }) => !seen.has(element) && seen.add(element))
    .filter(
      ({ box }) => box.width > 1 && box.height > 1 && box.right > 0 && box.bottom + scrollY > 0,
    );

  const small = targets
    .filter(({ box }) => box.height < height - SLACK)
    .map(({ element, box }) => `${name(element)} is ${round(box.height)} px high, not ${height}`);
  return [...small, ...targets.flatMap(tooNear)];

  function reachable(element: Element): boolean {
    const visible = element.checkVisibility({ visibilityProperty: true });
    return visible && element.closest('[inert]') === null;
  }

  function withinSentence(element: Element): boolean {
    if (element.tagName !== 'A' || getComputedStyle(element).display !== 'inline') return false;
    const around = element.parentElement?.textContent?.replace(/\s/g, '') ?? '';
    const own = element.textContent?.replace(/\s/g, '') ?? '';
    return around.length > own.length;
  }

  function measure(element: Element): Target {
    const labels = (element as HTMLInputElement).labels ?? null;
    const type = (element as HTMLInputElement).type;
    const label = type === 'checkbox' || type === 'radio' || type === 'file' ? labels?.[0] : null;
    const shown = label ?? element;
    return { element: shown, box: shown.getBoundingClientRect(), layer: layerOf(shown) };
  }

  /** Bars that float above the page are compared with each other, not with what scrolls below. */
  function layerOf(element: Element): Element | null {
    for (let at: Element | null = element; at; at = at.parentElement) {
      if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return at;
    }
    return null;
  }

  function tooNear(one: Target, at: number): string[] {
    return targets.slice(at + 1).flatMap((other) => {
      const nested = one.element.contains(other.element) || other.element.contains(one.element);
      if (nested || one.layer !== other.layer) return [];
      const across = apart(one.box.left, one.box.right, other.box.left, other.box.right);
      const down = apart(one.box.top, one.box.bottom, other.box.top, other.box.bottom);
      const distance = Math.max(across, down);
      return distance < gap - SLACK
        ? [
            `${name(one.element)} and ${name(other.element)} are ${round(distance)} px apart, not ${gap}`,
          ]
        : [];
    });
  }

  function apart(aFrom: number, aTo: number, bFrom: number, bTo: number): number {
    return Math.max(0, bFrom - aTo, aFrom - bTo);
  }

  function round(value: number): number {
    return Math.round(value * 10) / 10;
  }

  function name(element: Element): string {
    const text = element.getAttribute('aria-label') ?? element.textContent ?? '';
    return `<${element.tagName.toLowerCase()}> “${text.trim().replace(/\s+/g, ' ').slice(0, 24)}”`;
  }
}
