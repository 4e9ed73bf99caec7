import type { Plan } from './match-batch.ts';
import type { ImportChange, OwnedLocalId } from './patient-import-store.ts';

/** The ids of the batch's people by which nobody knew them yet. One that they had before stays theirs. */
export async function newLocalIds(
  change: Pick<ImportChange, 'localIdsOf'>,
  { add, update, same }: Plan,
): Promise<OwnedLocalId[]> {
  const found = [...update, ...same].map(({ patient, person }) => ({ id: patient.id, person }));
  const said = [...add, ...found].flatMap(({ id, person }) =>
    (person.localIds ?? []).map((localId) => ({ ...localId, patientId: id })),
  );
  if (said.length === 0) return [];
  const known = await change.localIdsOf(found.map(({ id }) => id));
  return said.filter((one) => !known.some((other) => isSame(one, other)));
}

function isSame(one: OwnedLocalId, other: OwnedLocalId): boolean {
  return one.patientId === other.patientId && one.kind === other.kind && one.value === other.value;
}
