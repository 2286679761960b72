/** Runs in the page: a camera that never answers, as some phones' do after a call. */
export function hangCamera(): void {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices) devices.getUserMedia = () => new Promise<MediaStream>(() => undefined);
}
