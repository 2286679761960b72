/** The packs that come with the app itself, so that there is something to read before anybody joins. */
export const BUILT_IN_PACKS = {
  report: { folder: '/packs/report/', year: 2021 },
} as const;

export type BuiltInPack = keyof typeof BUILT_IN_PACKS;
