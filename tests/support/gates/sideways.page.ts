/**
 * Runs in the page, and so uses nothing from outside itself: what makes a page scroll sideways,
 * what scrolls sideways within it (tables may), and text that its own box cuts off.
 */
export function findSidewaysScroll(): string[] {
  const SLACK = 1; // rounding of scrollWidth
  const root = document.documentElement;
  const width = root.clientWidth;
  const offences: string[] = [];

  if (root.scrollWidth > width + SLACK) {
    offences.push(`the page is ${root.scrollWidth} px wide on a screen of ${width} px`);
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (!(element instanceof HTMLElement) || !element.checkVisibility()) continue;
    const box = element.getBoundingClientRect();
    if (box.width <= SLACK || box.height <= SLACK || hidden(element)) continue;
    if (sticksOut(element, box)) offences.push(`${name(element)} reaches to ${edge(box)} px`);
    const cut = cutOff(element);
    if (cut) offences.push(`${name(element)} ${cut}`);
  }
  return offences;

  /** Names the innermost only: what sticks out makes everything around it do so too. */
  function sticksOut(element: HTMLElement, box: DOMRect): boolean {
    if (box.right <= width + SLACK && box.left >= -SLACK) return false;
    if (clipped(element)) return false;
    return ![...element.children].some((child) => {
      const inner = child.getBoundingClientRect();
      return inner.right > width + SLACK || inner.left < -SLACK;
    });
  }

  function clipped(element: HTMLElement): boolean {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== 'visible') return true;
    }
    return false;
  }

  function cutOff(element: HTMLElement): string | null {
    const { overflowX, overflowY } = getComputedStyle(element);
    const tooWide = element.scrollWidth > element.clientWidth + SLACK;
    const tooHigh = element.scrollHeight > element.clientHeight + SLACK;
    if (['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName)) return null;
    const scrolls = ['auto', 'scroll'].includes(overflowX);
    if (tooWide && scrolls && !element.querySelector('table')) return 'scrolls sideways';
    if (!element.textContent?.trim()) return null;
    if (tooWide && ['hidden', 'clip'].includes(overflowX)) return 'cuts off its text at the side';
    if (tooHigh && ['hidden', 'clip'].includes(overflowY)) return 'cuts off its text below';
    return null;
  }

  /** For screen readers only: a box of one pixel, or one that is clipped away. */
  function hidden(element: HTMLElement): boolean {
    for (let at: HTMLElement | null = element; at; at = at.parentElement) {
      const { clip, clipPath } = getComputedStyle(at);
      if (clipPath === 'inset(50%)' || clip === 'rect(0px, 0px, 0px, 0px)') return true;
      if (at.offsetWidth <= 1 && getComputedStyle(at).overflowX === 'hidden') return true;
    }
    return false;
  }

  function edge(box: DOMRect): number {
    return Math.round(box.right > width ? box.right : box.left);
  }

  function name(element: Element): string {
    const text = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 24);
    const className = element.getAttribute('class')?.split(' ')[0];
    return `<${element.tagName.toLowerCase()}${className ? `.${className}` : ''}> “${text}”`;
  }
}
