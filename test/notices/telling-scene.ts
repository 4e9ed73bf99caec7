import { randomUUID } from 'node:crypto';
import type { Following } from '../../src/notices/go-on-with-run.ts';
import type { NewRun } from '../../src/notices/make-run.ts';
import type { NewPatient } from '../../src/patients/add-patients.ts';
import { somePatients } from '../support/factories.ts';
import { addTestPractice } from '../support/practice.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { aPublishedNotice } from '../support/some-notice.ts';
import { takeRun } from '../support/take-run.ts';

export const manager = { kind: 'staff', id: 'cccccccc-1111-4111-8111-111111111111' } as const;

/** A practice with one published notice, in which a day is made by turning the clock. */
export type TellingScene = Awaited<ReturnType<typeof openTellingScene>>;

/** @param first the day on which the notice is published */
export async function openTellingScene(first = '2026-03-02') {
  const clock = { now: new Date(`${first}T10:00:00Z`) };
  const registry: Registry = await openRegistry({}, { now: () => clock.now });
  const { services } = registry;
  const practiceId = await addTestPractice(registry);
  const ref = await aPublishedNotice(services, practiceId);
  const { tellings } = services;
  let next = 0;
  return {
    registry,
    services,
    tellings,
    practiceId,
    ref,
    on(day: string) {
      clock.now = new Date(`${day}T10:00:00Z`);
    },
    /** Adds people who are reached as each says; the ids in their order. */
    async add(...people: Partial<NewPatient>[]): Promise<string[]> {
      const made = somePatients(people.length, next).map((person, n) => ({
        ...person,
        ...{ dateOfBirth: '1980-05-06', address: '', postcode: '' },
        ...people[n],
      }));
      next += people.length;
      return (await services.patients.add(practiceId, made, manager)).map(({ id }) => id);
    },
    begin: (how: NewRun['how'], different: Partial<NewRun> = {}) =>
      tellings.makeRun(
        { practiceId, ...ref, id: randomUUID(), how, scope: 'notice', onlyRest: true, ...different },
        manager,
      ),
    /** Makes a batch to its end; undefined when nobody belongs into one. */
    async make(how: NewRun['how'], different: Partial<NewRun> = {}, following?: Following) {
      const begun = await this.begin(how, different);
      if (!begun.ok) return undefined;
      await tellings.goOn({ practiceId, runId: begun.id }, following);
      return begun.id;
    },
    /** Who is in the file of a batch that is taken away whole. */
    take: async (runId: string) =>
      (await takeRun(services, practiceId, runId, manager)).map(({ patient }) => patient.id),
    async send(runId: string, on: string) {
      await this.take(runId);
      const sent = await tellings.sendRun({ practiceId, runId, on }, manager);
      if (!sent.ok) throw new Error(sent.reason);
      await tellings.goOn({ practiceId, runId });
    },
    async whoIn(runId: string | undefined) {
      return runId === undefined
        ? []
        : (await tellings.places(runId, 0, 10_000)).map(({ patientId }) => patientId);
    },
    async references(runId: string) {
      return new Map((await tellings.places(runId, 0, 10_000)).map((one) => [one.patientId, one.attemptId]));
    },
    results: (...rows: string[]) =>
      tellings.importResults(
        { practiceId, bytes: Buffer.from(['Reference,Status,Date', ...rows, ''].join('\n')) },
        manager,
      ),
    counts: async () => (await tellings.coverage(practiceId, [ref])).counts,
    end: () => registry.close(),
  };
}
