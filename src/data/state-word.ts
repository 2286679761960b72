import type { RecordState } from './ledger/ledger.ts';

/**
 * The word for where a record is (texts under `common.state`), and its tone. Never one ahead of the
 * fact: 已送到縣裏 only with the server's receipt.
 */
export function stateWord(state: RecordState): {
  key: 'common.state.saved' | 'common.state.sent' | 'common.state.refused';
  tone: 'grey' | 'green' | 'amber';
} {
  switch (state) {
    case 'saved':
      return { key: 'common.state.saved', tone: 'grey' };
    case 'sent':
    case 'received':
      return { key: 'common.state.sent', tone: 'green' };
    case 'refused':
      return { key: 'common.state.refused', tone: 'amber' };
  }
}
