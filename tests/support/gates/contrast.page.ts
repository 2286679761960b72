/**
 * Runs in the page, and so uses nothing from outside itself: the contrast of every visible text
 * with what lies behind it (WCAG 2.2, 1.4.6), see-through layers mixed in. Disabled controls are
 * exempt; text on a picture or gradient can't be judged and is named.
 */
export function findWeakContrast(least: number): string[] {
  type Colour = { r: number; g: number; b: number; a: number };
  const ink = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map<string, Colour>();
  const offences = new Set<string>();

  for (const { element, colour, text } of texts()) {
    if (element.closest(':disabled, [aria-disabled=true], [inert]')) continue;
    const behind = ground(element);
    if (behind === null) {
      offences.add(`${name(element, text)} stands on a picture`);
      continue;
    }
    const front = over({ ...colour, a: colour.a * opacity(element) }, behind);
    const ratio = contrast(front, behind);
    if (ratio < least) {
      const found = `${hex(front)} on ${hex(behind)}, ${Math.floor(ratio * 100) / 100}:1`;
      offences.add(`${name(element, text)}: ${found}, not ${least}:1`);
    }
  }
  return [...offences];

  function texts(): { element: Element; colour: Colour; text: string }[] {
    const found: { element: Element; colour: Colour; text: string }[] = [];
    for (const element of document.body.querySelectorAll('*')) {
      if (!shown(element)) continue;
      const style = getComputedStyle(element);
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const text = own
        .map((node) => node.textContent ?? '')
        .join('')
        .trim();
      const paint = element instanceof SVGElement ? style.fill : style.color;
      if (text !== '') found.push({ element, colour: read(paint), text });
      for (const [part, content] of generated(element)) {
        const partStyle = getComputedStyle(element, part);
        found.push({ element, colour: read(partStyle.color), text: content });
      }
      const value = typed(element);
      if (value) found.push({ element, colour: read(style.color), text: value });
    }
    return found;
  }

  function generated(element: Element): [string, string][] {
    const parts: [string, string][] = ['::before', '::after'].map((part) => [
      part,
      /^"(.*)"/.exec(getComputedStyle(element, part).content)?.[1]?.trim() ?? '',
    ]);
    const field = element as HTMLInputElement;
    if (field.placeholder && field.value === '') parts.push(['::placeholder', field.placeholder]);
    return parts.filter(([, content]) => content !== '');
  }

  function typed(element: Element): string {
    if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.text ?? '';
    const field = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
    return field && !['checkbox', 'radio', 'range', 'color'].includes(element.type)
      ? element.value
      : '';
  }

  function shown(element: Element): boolean {
    const box = element.getBoundingClientRect();
    const big = box.width > 1 && box.height > 1;
    return big && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  }

  /** What lies behind an element's text; null where that is a picture. */
  function ground(element: Element): Colour | null {
    let base: Colour = { r: 255, g: 255, b: 255, a: 1 };
    let picture = false;
    for (const at of pathTo(element)) {
      const style = getComputedStyle(at);
      const own = read(style.backgroundColor);
      const paint = { ...own, a: own.a * opacity(at) };
      if (paint.a === 1) picture = false;
      if (style.backgroundImage !== 'none') picture = true;
      base = over(paint, base);
    }
    return picture ? null : base;
  }

  function pathTo(element: Element): Element[] {
    const path: Element[] = [];
    for (let at: Element | null = element; at; at = at.parentElement) path.unshift(at);
    return path;
  }

  function opacity(element: Element): number {
    return pathTo(element).reduce(
      (product, at) => product * Number(getComputedStyle(at).opacity),
      1,
    );
  }

  /** Lets the browser read the colour, in whatever notation the style sheet has it. */
  function read(css: string): Colour {
    const before = known.get(css);
    if (before) return before;
    let colour: Colour = { r: 0, g: 0, b: 0, a: 0 };
    if (ink && css !== 'none') {
      ink.clearRect(0, 0, 1, 1);
      ink.fillStyle = css;
      ink.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = ink.getImageData(0, 0, 1, 1).data;
      colour = { r, g, b, a: a / 255 };
    }
    known.set(css, colour);
    return colour;
  }

  function over(top: Colour, below: Colour): Colour {
    const mix = (a: number, b: number) => a * top.a + b * (1 - top.a);
    return { r: mix(top.r, below.r), g: mix(top.g, below.g), b: mix(top.b, below.b), a: 1 };
  }

  function contrast(one: Colour, other: Colour): number {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance({ r, g, b }: Colour): number {
    const linear = (value: number) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  }

  function hex({ r, g, b }: Colour): string {
    return `#${[r, g, b].map((each) => Math.round(each).toString(16).padStart(2, '0')).join('')}`;
  }

  function name(element: Element, text: string): string {
    return `<${element.tagName.toLowerCase()}> “${text.replace(/\s+/g, ' ').slice(0, 24)}”`;
  }
}
