import type { Reason } from '../guard/decide.ts';
import type { Patient } from '../patients/patient.ts';

export type WithheldChoice = {
  readonly reason?: string | undefined;
  readonly skip: number;
  readonly take: number;
};

export type WithheldPatients = {
  /** Patients of the list by reason; rows, of which one patient may have several, are counted with the release. */
  readonly byReason: ReadonlyMap<Reason, number>;
  /** How many the choice means. */
  readonly total: number;
  readonly items: readonly { readonly patient: Patient; readonly reason: Reason }[];
};

export interface WithheldPatientsStore {
  /** Who was withheld from a release or check, in the order of the list; nobody when it was not decided. */
  withheldFrom(practiceId: string, releaseId: string, choice: WithheldChoice): Promise<WithheldPatients>;
}
