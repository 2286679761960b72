/** Why a table was not taken; each is a code of protocol/errors.ts. */
export type OnceError = 'request.malformed' | 'server.unavailable';

/** What a link is that gives nothing: unknown, over, downloaded. Whoever asks is not told which. */
export type OnceOver = 'once.over';
