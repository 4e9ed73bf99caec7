import { buffer } from 'node:stream/consumers';
import type { NewExtract } from '../../src/extracts/register-extract.ts';
import type { Job } from '../../src/guard/guard.ts';
import type { Actor } from '../../src/ledger/entry.ts';
import type { ObjectionRequest } from '../../src/objections/request.ts';
import type { NewPatient } from '../../src/patients/add-patients.ts';
import type { Outside, Services } from '../../src/services.ts';
import type { ExtractVersionModel } from '../../src/store/generated/sqlite/models.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { keep } from './scan.ts';
import { someNumbers } from './some-csv.ts';

export const manager: Actor = { kind: 'staff', id: 'the-manager' };
export const guardian: Actor = { kind: 'staff', id: 'the-guardian' };
export const receptionist: Actor = { kind: 'staff', id: 'the-receptionist' };

/** A practice with six patients, an extract `research` approved for checks, and a key for it. */
export type Scene = {
  readonly registry: Registry;
  readonly services: Services;
  readonly practiceId: string;
  readonly job: Job;
  /** The key itself. */
  readonly key: string;
  /** Ids of the patients: those with the numbers of some-csv.ts, in that order, and those added. */
  readonly patients: string[];
  /** The time that the app sees, which a test may put forward; without one it is the real time. */
  readonly clock: { now: Date | undefined };
  /** Registers and approves an extract, or a new version of one. */
  addExtract(different?: Partial<NewExtract>): Promise<void>;
  addPatient(person: Partial<NewPatient>): Promise<string>;
  /** The patient at that place objects, and the objection is acknowledged. */
  object(patient: number, type?: 'type-1' | 'type-2'): Promise<void>;
  withdraw(patient: number): Promise<void>;
  /** Changes versions of extracts behind the back of the register, which puts them back at the end: the ledger tells. */
  tamper(data: Partial<ExtractVersionModel>, where?: { extractId?: string; state?: string }): Promise<void>;
  /** Verifies the ledger too. */
  end(): Promise<void>;
};

/** The time at which a scene begins. */
export const START = new Date('2026-11-20T10:00:00.000Z');

export async function openScene(
  settings: Record<string, string> = {},
  outside: Pick<Outside, 'decide'> = {},
): Promise<Scene> {
  const clock: Scene['clock'] = { now: START };
  const registry = await openRegistry(settings, { now: () => clock.now ?? new Date(), ...outside });
  const { services } = registry;
  const practiceId = await addTestPractice(registry);
  const person = { givenName: 'A', familyName: 'Patient', dateOfBirth: '1970-02-03' };
  const add = async (people: readonly Partial<NewPatient>[]) => {
    const all = people.map((given) => ({ ...person, nhsNumber: '', ...given }));
    return (await services.patients.add(practiceId, all, manager)).map(({ id }) => id);
  };
  const patients = await add(someNumbers.map((nhsNumber) => ({ nhsNumber })));
  await services.objections.takeIn({ practiceId, how: 'none-before' }, manager);
  const request = (patient: number, type: 'type-1' | 'type-2'): ObjectionRequest => ({
    practiceId,
    patientId: patients[patient] as string,
    types: [type],
    requester: 'patient',
    receivedVia: 'phone',
    receivedOn: '2024-01-01',
  });
  const addExtract = async (different: Partial<NewExtract> = {}) => {
    const registered = await services.extracts.register({ ...anExtract, practiceId, ...different }, manager);
    if (!registered.ok) throw new Error(registered.reason);
    const named = { practiceId, extractId: anExtract.extractId, ...different };
    const approval = {
      practiceId: named.practiceId,
      extractId: named.extractId,
      version: registered.version,
      confirmsCare: true,
    };
    const approved = await services.extracts.approve(approval, guardian);
    if (!approved.ok) throw new Error(approved.reason);
  };
  const tampered: { where: object; data: Partial<ExtractVersionModel> }[] = [];
  await addExtract();
  const extracts = ['research'];
  const expiresAt = new Date('2099-06-01T00:00:00.000Z');
  const made = await services.keys.make({ practiceId, name: 'Nightly', extracts, expiresAt }, manager);
  if (!made.ok) throw new Error(made.reason);
  return {
    registry,
    services,
    practiceId,
    job: { keyId: made.id, practiceId, extracts },
    key: made.key,
    patients,
    clock,
    addExtract,
    async addPatient(given) {
      const [id = ''] = await add([given]);
      patients.push(id);
      return id;
    },
    async object(patient, type = 'type-1') {
      const recorded = await services.objections.record(request(patient, type), receptionist);
      if (!recorded.ok) throw new Error(recorded.reason);
    },
    async withdraw(patient) {
      const receivedOn = '2024-01-02';
      const asked = {
        ...request(patient, 'type-1'),
        receivedOn,
        identityChecked: 'known-in-person' as const,
      };
      const withdrawn = await services.objections.withdraw(asked, receptionist);
      if (!withdrawn.ok) throw new Error(withdrawn.reason);
    },
    async tamper(data, where = {}) {
      for (const row of await services.database.reader.extractVersion.findMany({ where })) {
        const { extractId, version } = row;
        const before = Object.fromEntries(Object.entries(row).filter(([name]) => name in data));
        tampered.unshift({ where: { practiceId: row.practiceId, extractId, version }, data: before });
      }
      await services.database.write((tx) => tx.extractVersion.updateMany({ where, data }));
    },
    async end() {
      for (const change of tampered)
        await services.database.write((tx) => tx.extractVersion.updateMany(change));
      await registry.close();
    },
  };
}

const anExtract: Omit<NewExtract, 'practiceId'> = {
  extractId: 'research',
  name: 'Events for research',
  recipient: 'An institute',
  recipientOds: 'X26',
  purpose: 'Research into asthma',
  ground: 'nhs-england-direction',
  reference: 'Direction 2024/1',
  groundExpiresOn: '2099-12-31',
  groundWords: 'As the ground asks',
  fields: keep('nhs_number', 'note'),
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  checksApproved: true,
  stops: { usualNumber: null, listAgeDays: null, maxUnreadable: null },
};

export const HEADER = 'nhs_number,note\n';

/** A row of the patient at that place. */
export const rowOf = (patient: number, note = 'x') => `${someNumbers[patient]},${note}\n`;

/** A file with a row of each of the six patients. */
export const everybody = HEADER + someNumbers.map((_, patient) => rowOf(patient)).join('');

/** Gives a text in pieces, with whatever is to happen between them. */
export async function* pieces(...parts: (string | (() => Promise<unknown>))[]): AsyncGenerator<Buffer> {
  for (const part of parts) {
    if (typeof part === 'string') yield Buffer.from(part);
    else await part();
  }
}

/** Sends a file through the guard, to its end. */
export async function release(
  { services, job }: Scene,
  input: string | AsyncIterable<Buffer>,
  extractId = 'research',
) {
  const started = await services.guard.startRelease(job, extractId, 'text/csv');
  if (!started.ok) return { ok: false as const, reason: started.reason, id: undefined };
  const { id } = started.release;
  const decision = await started.release.decide(typeof input === 'string' ? pieces(input) : input);
  if (!decision.ok) return { ...decision, id };
  const { decided } = decision;
  const output = await buffer(decided.content());
  await decided.end('complete');
  return { ok: true as const, id, decided, output: output.toString() };
}
