import type { Actor } from '../ledger/entry.ts';
import type { Services } from '../services.ts';
import type { Role } from '../staff/roles.ts';
import type { Listed } from './demo-list.ts';
import { DEMO_PASSWORD, type DemoPractice } from './demo-practices.ts';
import { must, setter, type World } from './history.ts';

/** Adds a made-up practice with its accounts, and gives what its acts are done with. */
export async function setUpPractice(
  services: Services,
  { ods, name, accounts }: DemoPractice,
  list: readonly Listed[],
): Promise<World> {
  const { practice } = must(await services.staff.addPractice({ ods, name, madeUp: true }, setter));
  const actors = new Map<Role, Actor>();
  for (const account of accounts) {
    const newcomer = { ...account, practiceId: practice.id, password: DEMO_PASSWORD };
    const { member } = must(await services.staff.add(newcomer, setter));
    actors.set(account.role, { kind: 'staff', id: member.id });
  }
  const actor = (role: Role): Actor => actors.get(role) ?? setter;
  return {
    services,
    practiceId: practice.id,
    reception: actor('receptionist'),
    manager: actor('manager'),
    guardian: actor('guardian'),
    patientId: patientIds(services, practice.id, list),
  };
}

/** Finds people by number and birth, because three numbers are on the list twice. Read once, after the first import. */
function patientIds(services: Services, practiceId: string, list: readonly Listed[]): World['patientId'] {
  const people = new Map(list.map(({ n, person }) => [n, `${person.nhsNumber} ${person.dateOfBirth}`]));
  let ids: Promise<Map<string, string>> | undefined;
  const read = async () => {
    const rows = await services.database.reader.patient.findMany({
      where: { practiceId },
      select: { id: true, nhsNumber: true, dateOfBirth: true },
    });
    return new Map(rows.map(({ id, nhsNumber, dateOfBirth }) => [`${nhsNumber} ${dateOfBirth}`, id]));
  };
  return async (n) => {
    ids ??= read();
    const id = (await ids).get(people.get(n) ?? '');
    if (id === undefined) throw new Error(`person ${n} is not on the made-up list`);
    return id;
  };
}
