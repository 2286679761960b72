/**
 * The phone of X-18 as a process of its own, because Node reads the certificates that it trusts
 * (NODE_EXTRA_CA_CERTS) only once, at its start. Does one verb a message and answers with its result.
 */
import { createHeadlessDevice, DeviceError } from '#tests/support/headless-device.ts';

const [server = '', invitation = ''] = process.argv.slice(2);
const device = await createHeadlessDevice({ server, invitation });

const verbs: Record<string, () => Promise<unknown>> = {
  enrol: () => device.enrol().then(() => 'joined'),
  record: async () => {
    const day = '2026-03-02';
    const study = { day, minutes: 30, how: 'reading', note: 'a note for nobody else' };
    return (await device.record('study', study)).state;
  },
  sync: () => device.sync().then(({ pushed }) => `pushed ${pushed}`),
  states: async () => (await device.records()).map(({ kind, state }) => `${kind} ${state}`),
  unsent: () => device.ledger.unsent(),
};

process.on('message', (verb: string) => {
  const answer = (value: unknown) => process.send?.(value);
  void verbs[verb]?.().then(answer, (error: unknown) =>
    answer(error instanceof DeviceError ? error.code : String(error)),
  );
});
process.send?.('here');
