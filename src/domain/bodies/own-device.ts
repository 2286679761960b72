import * as v from 'valibot';

/** The kind of self record by which a second device says what it is: only its own person reads it. */
export const OWN_DEVICE_KIND = 'own-device';

/** phone: this phone's browser, or the app on its home screen · office: a computer at work. */
export const OWN_DEVICE_PLACES = ['phone', 'office'] as const;

/** `until`: server time, ms, at which it ends by itself; left out where it does not. */
export const ownDeviceBody = v.strictObject({
  where: v.picklist(OWN_DEVICE_PLACES),
  until: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});
export type OwnDeviceBody = v.InferOutput<typeof ownDeviceBody>;
