/** What some phones' cameras can do besides; the platform's types do not know it yet. */
interface Abilities {
  torch?: boolean;
  focusMode?: string[];
}
type Wish = MediaTrackConstraintSet & { torch?: boolean; focusMode?: string };

/** Keeps the picture sharp while the phones move, where the camera can be told so. */
export function keepFocus(stream: MediaStream): void {
  const [track] = stream.getVideoTracks();
  if (track && abilitiesOf(track).focusMode?.includes('continuous'))
    void wish(track, { focusMode: 'continuous' });
}

/** Turns the phone's lamp on and off and says whether that went; null where it has none. */
export function torchOf(stream: MediaStream): ((on: boolean) => Promise<boolean>) | null {
  const [track] = stream.getVideoTracks();
  return track && abilitiesOf(track).torch ? (on) => wish(track, { torch: on }) : null;
}

function abilitiesOf(track: MediaStreamTrack): Abilities {
  // Not in every browser; where it is, some phones' drivers throw.
  try {
    return (track.getCapabilities?.() as Abilities | undefined) ?? {};
  } catch {
    return {};
  }
}

function wish(track: MediaStreamTrack, constraint: Wish): Promise<boolean> {
  return track.applyConstraints({ advanced: [constraint] }).then(
    () => true,
    () => false,
  );
}
