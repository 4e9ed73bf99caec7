import { expect } from 'vitest';
import type { Actor } from '../../src/ledger/entry.ts';
import type { Following } from '../../src/patients/import-patients.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

export const NOW = new Date('2026-11-22T10:00:00.000Z');
export const manager: Actor = { kind: 'staff', id: 'cccccccc-1111-4111-8111-111111111111' };

/** A practice that takes in lists. */
export type ImportScene = {
  readonly registry: Registry;
  readonly practice: { readonly id: string; readonly madeUp: boolean };
  /** Turns the clock, in milliseconds. */
  later(ms: number): void;
  begin(file: string, wholeList?: boolean): ReturnType<Registry['services']['patients']['import']>;
  /** Takes a list in, from beginning to end. */
  take(file: string, wholeList?: boolean, following?: Following): Promise<Taken>;
  list(): Promise<{ nhsNumber: string; familyName: string; status: string }[]>;
  end(): Promise<void>;
};

type Run = Extract<Awaited<ReturnType<ImportScene['begin']>>, { ok: true }>['run'];
export type Taken = Awaited<ReturnType<Run>> & { readonly report: readonly string[] };

export async function openImportScene(madeUp = false): Promise<ImportScene> {
  let now = NOW;
  const registry = await openRegistry({}, { now: () => now });
  const { services } = registry;
  const added = await services.staff.addPractice(
    { ods: 'A99999', name: 'The Example Surgery', madeUp },
    manager,
  );
  if (!added.ok) throw new Error(added.reason);
  const { practice } = added;
  const begin = (file: string, wholeList = false) =>
    services.patients.import(
      { practice, fileName: 'list.csv', bytes: Buffer.from(file), wholeList },
      manager,
    );
  return {
    registry,
    practice,
    begin,
    later(ms) {
      now = new Date(now.getTime() + ms);
    },
    async take(file, wholeList, following) {
      const begun = await begin(file, wholeList);
      if (!begun.ok) throw new Error(begun.reason);
      const ended = await begun.run(following);
      const rows = await services.patients.importReport(begun.id, { skip: 0, take: 10_000 });
      const report = rows.map(
        ({ row, outcome, reason }) => `${row} ${outcome}${reason ? `: ${reason}` : ''}`,
      );
      return { ...ended, report };
    },
    list: () =>
      services.database.reader.patient.findMany({
        orderBy: { ordinal: 'asc' },
        select: { nhsNumber: true, familyName: true, status: true },
      }),
    async end() {
      expect(await services.ledger.verify(practice.id)).toMatchObject({ ok: true });
      await registry.close();
    },
  };
}

/** A list with these people, each `number given family birth`, and a header. */
export function aList(...people: string[]): string {
  const rows = people.map((person) => person.split(' ').join(','));
  return ['NHS Number,Given Name,Family Name,Date of Birth', ...rows, ''].join('\n');
}

export const ann = '9990000018 Ann Smith 1985-03-07';
export const ben = '9990000026 Ben Jones 1960-04-13';
export const cat = '9990000034 Cat Brown 2001-12-31';
