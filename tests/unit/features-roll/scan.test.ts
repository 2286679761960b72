import { describe, expect, it } from 'vitest';
import { NO_STANDING } from '#domain/standing.ts';
import { foldCards } from '#domain/cards.ts';
import { memberCodeText } from '#domain/qr-codes.ts';
import type { RosterMember } from '#domain/roster.ts';
import { openCamera, showsPicture } from '#ui/camera.ts';
import { CLOSER_AFTER_MS, createCameraHints, DARK_AFTER_MS } from '#ui/camera-hints.ts';
import { keepFocus, torchOf } from '#ui/camera-track.ts';
import { createScanGate, judgeScan, SAME_CODE_MS } from '#features/roll/judge-scan.ts';
import type { SetOutcome } from '#features/roll/roll-desk.ts';
import { createScanTaker, recentAfter, type Shown } from '#features/roll/scan-taker.ts';
import { fail, ok, type Result } from '#lib/result.ts';

const CARD = '0123456789ABCDEF';
const member = {
  person: 'huang',
  names: { hans: '黄国强' },
  group: '一组',
  byName: null,
  namesake: false,
  card: CARD,
  role: null,
  roleSince: null,
  ...NO_STANDING,
};
const PRINTED = '1111111111111111';
const REPLACED = '2222222222222222';
const cards = { good: new Map([[PRINTED, 'huang']]), void: new Set([REPLACED]) };
const judge = (text: string, state: 'present' | 'online' | null = null) =>
  judgeScan(text, [member], { roll: new Map(state ? [['huang', { state }]] : []), cards }).type;

describe('a scan', () => {
  it('counts a member of this roster, and says when that was done already', () => {
    expect(judge(memberCodeText(CARD))).toBe('count');
    expect(judge(memberCodeText(CARD), 'online')).toBe('count');
    expect(judge(memberCodeText(CARD), 'present')).toBe('again');
  });

  it('counts the printed card as it does the screen, and one that was replaced never by itself', () => {
    expect(judge(memberCodeText(PRINTED))).toBe('count');
    expect(judge(memberCodeText(PRINTED), 'present')).toBe('again');
    expect(judge(memberCodeText(REPLACED))).toBe('void');
  });

  it('refuses nobody: it says what it saw', () => {
    expect(judge(memberCodeText('ZZZZZZZZZZZZZZZZ'))).toBe('unknown');
    expect(judge('https://example.org/menu')).toBe('foreign');
    expect(judge('RIXUE:H:ABC')).toBe('ours');
    expect(judge(`https://example.org/join#${'A'.repeat(43)}`)).toBe('ours');
  });

  it('is one as long as the same code is held before the camera', () => {
    let now = 0;
    const isNew = createScanGate({ monotonic: () => now });
    const after = (ms: number, text: string) => {
      now += ms;
      return isNew(text);
    };
    expect([after(0, 'a'), after(2_000, 'a'), after(2_000, 'a')]).toEqual([true, false, false]);
    expect(after(100, 'b')).toBe(true);
    expect(after(SAME_CODE_MS + 1, 'b')).toBe(true);
  });
});

describe('scanning one after another', () => {
  const other = { ...member, person: 'wei', names: { hans: '韦国栋' }, card: 'FEDCBA9876543210' };
  const CODES = [memberCodeText(CARD), memberCodeText(other.card)] as const;

  /** What a camera reads, every tenth of a second, and what became of it. */
  async function scan(texts: readonly string[], outcome: () => Result<SetOutcome, string>) {
    let now = 0;
    const marked: string[] = [];
    const take = createScanTaker({
      clock: { monotonic: () => now },
      judge: (text) => judgeScan(text, [member, other], { roll: new Map(), cards: foldCards([]) }),
      mark: async (person) => {
        marked.push(person);
        return outcome();
      },
    });
    const shown: (Shown | null)[] = [];
    for (const text of texts) {
      shown.push(await take(text));
      now += 100;
    }
    return { marked, shown: shown.flatMap((one) => one ?? []) };
  }

  it('counts two people within two seconds, each once', async () => {
    const held = [...Array(9).fill(CODES[0]), ...Array(9).fill(CODES[1])];
    const { marked, shown } = await scan(held, () => ok('written'));
    expect(marked).toEqual(['huang', 'wei']);
    expect(shown.map(({ type }) => type)).toEqual(['count', 'count']);
  });

  it('says of a mark that was there already, and of one that was not kept', async () => {
    expect((await scan([CODES[0]], () => ok('same'))).shown).toMatchObject([{ type: 'again' }]);
    expect((await scan([CODES[0]], () => fail('full'))).shown).toEqual([{ type: 'failed' }]);
  });

  it('goes on after a code that it does not know', async () => {
    const texts = [memberCodeText('ZZZZZZZZZZZZZZZZ'), CODES[1]];
    const { marked, shown } = await scan(texts, () => ok('written'));
    expect(marked).toEqual(['wei']);
    expect(shown.map(({ type }) => type)).toEqual(['unknown', 'count']);
  });

  it('keeps the last three names, and drops one that was taken back', () => {
    const people = ['a', 'b', 'c', 'd'].map((person) => ({ ...member, person }));
    const names = people.reduce<RosterMember[]>(
      (recent, one) => recentAfter(recent, { type: 'count', member: one }),
      [],
    );
    expect(names.map(({ person }) => person)).toEqual(['d', 'c', 'b']);
    const left = recentAfter(names, { type: 'undone', member: names[0] ?? member });
    expect(left.map(({ person }) => person)).toEqual(['c', 'b']);
  });
});

describe('the camera', () => {
  const browser = (getUserMedia: () => Promise<MediaStream>) => ({
    isSecureContext: true,
    navigator: { mediaDevices: { getUserMedia } },
  });
  const named = (name: string) => Object.assign(new Error(name), { name });

  it('A-09 says in words that it was denied, is absent or is taken', async () => {
    const faults = ['NotAllowedError', 'NotFoundError', 'NotReadableError'].map((name) =>
      openCamera(browser(() => Promise.reject(named(name)))),
    );
    expect(await Promise.all(faults)).toEqual([fail('denied'), fail('absent'), fail('busy')]);
  });

  it('A-09 gives a hanging camera up, and shuts it should it come after all', async () => {
    let stopped = 0;
    let come: (stream: MediaStream) => void = () => undefined;
    const opened = openCamera(
      browser(() => new Promise((resolve) => (come = resolve))),
      20,
    );
    expect(await opened).toEqual(fail('hanging'));
    come({ getTracks: () => [{ stop: () => (stopped += 1) }] } as unknown as MediaStream);
    await new Promise((resolve) => setTimeout(resolve));
    expect(stopped).toBe(1);
  });

  it('A-09 is taken after all when somebody answered the browser slowly', async () => {
    const stream = { getTracks: () => [] } as unknown as MediaStream;
    const late: MediaStream[] = [];
    const slow = browser(() => new Promise((resolve) => setTimeout(() => resolve(stream), 20)));
    expect(await openCamera(slow, 1, (one) => void late.push(one))).toEqual(fail('hanging'));
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(late).toEqual([stream]);
  });

  it('A-09 that opens and stays black is noticed', async () => {
    expect(await showsPicture({ videoWidth: 0, readyState: 0 }, 10)).toBe(false);
    expect(await showsPicture({ videoWidth: 640, readyState: 1 }, 10)).toBe(false);
    expect(await showsPicture({ videoWidth: 640, readyState: 2 }, 10)).toBe(true);
  });

  it('says what would help: light first, then to come closer, and nothing once it reads', () => {
    let now = 0;
    const hintFor = createCameraHints(() => now);
    const seen = (ms: number, text: string | null, light: number) => {
      now += ms;
      return hintFor({ text, light });
    };
    expect(seen(100, null, 5)).toBe(null);
    expect(seen(DARK_AFTER_MS, null, 5)).toBe('dark');
    expect(seen(100, null, 120)).toBe(null);
    expect(seen(CLOSER_AFTER_MS, null, 120)).toBe('closer');
    expect(seen(100, 'RIXUE:M:', 120)).toBe(null);
    expect(seen(CLOSER_AFTER_MS - 1, null, 120)).toBe(null);
  });

  it('has a lamp where the phone says so, and is not upset where it says nothing', async () => {
    const wishes: unknown[] = [];
    const streamOf = (track: object) =>
      ({ getVideoTracks: () => [track] }) as unknown as MediaStream;
    const applyConstraints = async (wish: unknown) => void wishes.push(wish);
    const able = { torch: true, focusMode: ['manual', 'continuous'] };
    const phone = streamOf({ getCapabilities: () => able, applyConstraints });
    keepFocus(phone);
    expect(await torchOf(phone)?.(true)).toBe(true);
    expect(wishes).toEqual([
      { advanced: [{ focusMode: 'continuous' }] },
      { advanced: [{ torch: true }] },
    ]);
    const refuses = {
      getCapabilities: () => able,
      applyConstraints: () => Promise.reject(named('x')),
    };
    expect(await torchOf(streamOf(refuses))?.(true)).toBe(false);
    expect(torchOf(streamOf({}))).toBe(null);
    expect(
      torchOf(
        streamOf({
          getCapabilities: () => {
            throw named('x');
          },
        }),
      ),
    ).toBe(null);
  });

  it('is not to be had on plain http or in a browser without one', async () => {
    const none = (isSecureContext: boolean) => openCamera({ isSecureContext, navigator: {} });
    expect(await none(false)).toEqual(fail('insecure'));
    expect(await none(true)).toEqual(fail('absent'));
  });

  it('is handed over when it opens', async () => {
    const stream = { getTracks: () => [] } as unknown as MediaStream;
    expect(await openCamera(browser(async () => stream))).toEqual(ok(stream));
  });
});
