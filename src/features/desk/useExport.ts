import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useLedger } from '#data/use-ledger.ts';
import type { ExportForm } from '#domain/bodies/export.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { saveFile } from '#ui/save-file.ts';
import { useScript } from '#ui/use-script.ts';
import { rosterTable } from './roster-table.ts';
import { useDesk } from './useDesk.ts';

const TYPES: Record<ExportForm, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
};

/** The roster as a file, made on this phone. That it was made is written first, for the branch to see. */
export function useExport() {
  const ledger = useLedger();
  const { t } = useI18n({ useScope: 'global' });
  const { nameOf, labelOf, groupOf } = useScript();
  const { desk, scope, roster } = useDesk();
  /** What became of the last try. */
  const outcome = ref<'saved' | 'not-written' | 'not-made' | null>(null);
  const place = computed(() => {
    const branch = desk.value?.rosters.find((one) => one.scope === scope.value);
    return nameOf(branch?.names) || t('desk.branch');
  });

  /** Makes the file before the record says so, and hands it out only after. */
  async function take(as: ExportForm): Promise<void> {
    if (!scope.value || !desk.value) return;
    outcome.value = null;
    const people = roster.value.length;
    const file = await make(as).catch(() => null);
    if (!file) return void (outcome.value = 'not-made');
    const body = { of: 'roster', as, people };
    const written = await ledger.write({ kind: 'export', scope: scope.value, body });
    if (!written.ok) return void (outcome.value = 'not-written');
    await saveFile(
      `${t('desk.export.file')}-${place.value}-${desk.value.today}.${as}`,
      TYPES[as],
      file,
    );
    outcome.value = 'saved';
  }

  async function make(as: ExportForm): Promise<string | Blob> {
    const table = rosterTable(roster.value, {
      headOf: (column) => t(`desk.export.column.${column}`),
      groupOf,
      roleOf: (role) => t(`desk.role.${role}`),
      membershipOf: (membership) => t(`desk.membership.${membership}`),
      stateOf: (state) => t(`desk.state.${state}`),
      labelOf,
    });
    const { csvOf, workbookOf } = await import('#ui/write-table.ts');
    return as === 'csv' ? csvOf(table) : workbookOf(table, place.value);
  }

  return {
    loaded: computed(() => desk.value !== null),
    people: computed(() => roster.value.length),
    outcome,
    take: oneAtATime(take),
  };
}
