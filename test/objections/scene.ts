import { expect } from 'vitest';
import type { Actor } from '../../src/ledger/entry.ts';
import type { ObjectionRequest } from '../../src/objections/request.ts';
import type { Services } from '../../src/services.ts';
import { aPractice, takeInPatients } from '../ledger/history.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

export const NOW = new Date('2026-11-20T10:00:00.000Z');
export const TODAY = '2026-11-20';

const staff = (digit: string): Actor => ({
  kind: 'staff',
  id: `${digit.repeat(8)}-1111-4111-8111-111111111111`,
});
export const receptionist = staff('a');
export const colleague = staff('b');
export const manager = staff('c');
export const guardian = staff('d');

/** A practice with one patient on its list, born on 3 February 1970 unless said otherwise. */
export type Scene = {
  readonly registry: Registry;
  readonly objections: Services['objections'];
  readonly practiceId: string;
  readonly patientId: string;
  /** A request of that patient, by phone, today, with what is different. */
  ask(different?: Partial<ObjectionRequest>): ObjectionRequest;
  /** Somebody else on the list. */
  another(dateOfBirth: string): Promise<string>;
  /** Everything holds, and the registry is closed. */
  end(): Promise<void>;
};

export async function openScene(dateOfBirth = '1970-02-03', now: () => Date = () => NOW): Promise<Scene> {
  const registry = await openRegistry({}, { now });
  const { database } = registry.services;
  const practiceId = await aPractice(database, 'A99999');
  const another = async (born: string) => {
    const [id = ''] = await takeInPatients(database, practiceId, 1);
    await database.write((tx) => tx.patient.update({ where: { id }, data: { dateOfBirth: born } }));
    return id;
  };
  const patientId = await another(dateOfBirth);
  return {
    registry,
    objections: registry.services.objections,
    practiceId,
    patientId,
    another,
    ask: (different = {}) => ({
      practiceId,
      patientId,
      types: ['type-1'],
      requester: 'patient',
      receivedVia: 'phone',
      receivedOn: TODAY,
      ...different,
    }),
    async end() {
      expect(await registry.services.ledger.verify(practiceId)).toMatchObject({ ok: true });
      await registry.close();
    },
  };
}

/** The row that lists show, without what every test has otherwise. */
export async function listed({ registry, patientId }: Scene, type = 'type-1', patient = patientId) {
  return registry.services.database.reader.objection.findUnique({
    where: { patientId_type: { patientId: patient, type } },
  });
}
