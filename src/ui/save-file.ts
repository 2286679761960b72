/** What saving a file asks of the browser. */
export interface FilePlace {
  share: Pick<Navigator, 'share' | 'canShare'> | object;
  document: Document;
}

/** The blob must outlive the click: some browsers read it only then. */
const KEPT_MS = 60_000;

/** Hands a file made on this phone to its owner, with no network: to be shared where the browser can, else saved. */
export async function saveFile(
  name: string,
  type: string,
  content: string | Blob,
  { share, document }: FilePlace = { share: navigator, document: window.document },
): Promise<void> {
  const file = new File([content], name, { type });
  if ('canShare' in share && share.canShare({ files: [file] })) {
    const shared = await share.share({ files: [file] }).then(
      () => true,
      (problem: unknown) => (problem as Error).name === 'AbortError',
    );
    // Whoever closed the list of places has seen it; any other failure leaves the plain way.
    if (shared) return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
