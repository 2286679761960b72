/**
 * The token as a cookie of its person: a second copy where a browser clears what scripts stored.
 * Never read by sync (its requests send no cookies); no log holds any of it.
 */
const PREFIX = '__Host-rixue-';

/** As long as Chromium lets a cookie live; a phone asks for a new one long before. */
const MAX_AGE_SECONDS = 400 * 86_400;

/** A family on one phone; whoever sends more gets no more looked at. */
const COOKIES_MAX = 8;

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';
const COOKIE = new RegExp(`^\\s*(${PREFIX}[0-9a-f]{12})=([\\w-]{43})\\s*$`);

export interface TokenCookie {
  name: string;
  token: string;
}

/** Whose cookie it is; the last part of an id, so that several people have one each. */
export function cookieNameOf(person: string): string {
  return PREFIX + person.slice(-12);
}

/** The header that lays it down. */
export function tokenCookie(person: string, token: string): string {
  return `${cookieNameOf(person)}=${token}; ${ATTRIBUTES}; Max-Age=${MAX_AGE_SECONDS}`;
}

/** The header that takes it away. */
export function clearedCookie(name: string): string {
  return `${name}=; ${ATTRIBUTES}; Max-Age=0`;
}

/** Our cookies of a request; what is not of our form is left out. */
export function tokenCookies(request: Request): TokenCookie[] {
  return (request.headers.get('cookie') ?? '')
    .split(';')
    .flatMap((part) => {
      const [, name, token] = COOKIE.exec(part) ?? [];
      return name && token ? [{ name, token }] : [];
    })
    .slice(0, COOKIES_MAX);
}

/**
 * Whether our own page asks: a form of another site cannot send JSON, and browsers that say where a
 * request comes from say `same-origin`. The cookie's SameSite=Strict is the first wall.
 */
export function isOwnPage(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  const type = request.headers.get('content-type') ?? '';
  return type.startsWith('application/json') && (site === null || site === 'same-origin');
}
