/** High enough for an old loudspeaker, short enough for a queue of forty. */
const BEEP = { hertz: 880, seconds: 0.12, loudness: 0.2 };

/** One short tone; a phone that may not or can't sound stays silent, the screen says it all the same. */
export function createBeep(): { sound(): void; close(): void } {
  const context = openAudio();
  return {
    sound: () => {
      if (!context || context.state === 'closed') return;
      void context.resume().catch(() => undefined);
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = BEEP.hertz;
      volume.gain.value = BEEP.loudness;
      tone.connect(volume).connect(context.destination);
      tone.start();
      tone.stop(context.currentTime + BEEP.seconds);
    },
    close: () => void context?.close().catch(() => undefined),
  };
}

function openAudio(): AudioContext | null {
  try {
    return new AudioContext();
  } catch {
    return null;
  }
}
