import { describe, expect, it } from 'vitest';
import { NO_STANDING } from '#domain/standing.ts';
import { memberCodeText } from '#domain/qr-codes.ts';
import { openCamera } from '#ui/camera.ts';
import { createScanGate, judgeScan, SAME_CODE_MS } from '#features/roll/judge-scan.ts';
import { fail, ok } from '#lib/result.ts';

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
