import type { Reason } from '../guard/decide.ts';
import { withheldOf } from '../guard/withheld-list.ts';
import type { WithheldPatientsStore } from '../reports/withheld-patients.ts';
import type { Database } from './database.ts';
import { toPatient } from './patient-store.ts';

/** Who was withheld from a release, read from its account. */
export function withheldPatientsStore({ reader }: Database): WithheldPatientsStore {
  return {
    async withheldFrom(practiceId, releaseId, { reason, skip, take }) {
      const account = await reader.releaseAccount.findFirst({
        where: { practiceId, releaseId },
        select: { withheld: true },
      });
      const byReason = new Map<Reason, number>();
      const chosen = [];
      for (const one of withheldOf(account?.withheld ?? new Uint8Array())) {
        byReason.set(one.reason, (byReason.get(one.reason) ?? 0) + 1);
        if (reason === undefined || reason === one.reason) chosen.push(one);
      }
      const some = new Map(chosen.slice(skip, skip + take).map((one) => [one.ordinal, one.reason]));
      const rows = await reader.patient.findMany({
        where: { practiceId, ordinal: { in: [...some.keys()] } },
        orderBy: { ordinal: 'asc' },
      });
      const items = rows.map(toPatient).flatMap((patient) => {
        const why = some.get(patient.ordinal);
        return why === undefined ? [] : [{ patient, reason: why }];
      });
      return { byReason, total: chosen.length, items };
    },
  };
}
