import type { PersonChange, PersonStore } from '../patients/person-store.ts';
import type { LinkKind, PersonLink } from '../patients/same-person-links.ts';
import type { Database, Transaction } from './database.ts';
import type { PersonLinkModel } from './generated/sqlite/models.ts';
import { patientChange, toPatient } from './patient-store.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

/** Which records are of one person. */
export function personStore(database: Database): PersonStore {
  const { reader } = database;
  return {
    toBeMatched: (practiceId) => toBeMatched(reader, practiceId),
    linksOf: (practiceId, patientIds) => linksOf(reader, practiceId, patientIds),
    recordsOf: (practiceId, patientId) => recordsOf(reader, practiceId, patientId),
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(personChange(change, database.kind))),
  };
}

/** The same inside a change, for stores that change more than this. */
export function personChange(change: PracticeChange, kind: Database['kind']): PersonChange {
  const { tx, practiceId } = change;
  const find = async (where: object) =>
    (await tx.patient.findMany({ where: { practiceId, ...where }, orderBy: { ordinal: 'asc' } })).map(
      toPatient,
    );
  return {
    ...patientChange(change, kind),
    byId: async (id) => (await find({ id }))[0] ?? null,
    byIds: (ids) => find({ id: { in: [...ids] } }),
    everybodyBornOn: (days) => find({ dateOfBirth: { in: [...days] } }),
    toBeMatched: () => toBeMatched(tx, practiceId),
    async link(id) {
      const row = await tx.personLink.findFirst({ where: { id, practiceId, undoneAt: null } });
      return row && toLink(row);
    },
    linksOf: (patientIds) => linksOf(tx, practiceId, patientIds),
    async addLink(link) {
      await tx.personLink.create({ data: { ...link, practiceId } });
    },
    async endLink(id, how) {
      await tx.personLink.update({ where: { id, practiceId }, data: how });
    },
    async setPerson(ids, personId, changedAtIndex) {
      const where = { practiceId, id: { in: [...ids] } };
      await tx.patient.updateMany({ where, data: { personId, changedAtIndex } });
    },
    async restrict(id, restricted, changedAtIndex) {
      await tx.patient.update({ where: { id, practiceId }, data: { restricted, changedAtIndex } });
    },
  };
}

/**
 * Everybody of a practice who objected and was not found on its list yet, or found there only by an import that was
 * undone since: such a link goes on withholding, but somebody, or the next import, has to look again.
 */
export async function toBeMatched(reader: Reader, practiceId: string) {
  const doubtful = await matchedInVain(reader, practiceId);
  const where = {
    practiceId,
    status: 'to-be-matched',
    OR: [{ personId: null }, { id: { in: doubtful } }],
  };
  // Sorted here: asked for an order, SQLite walks through the whole list in it.
  const rows = await reader.patient.findMany({ where });
  return rows.sort((one, other) => one.ordinal - other.ordinal).map(toPatient);
}

type Reader = Pick<Transaction, 'patient' | 'personLink' | 'patientImport'>;

/** Ids of those whom nothing but imports that were undone has matched. */
async function matchedInVain(reader: Reader, practiceId: string): Promise<string[]> {
  const imports = await reader.patientImport.findMany({
    where: { practiceId, status: 'undone' },
    select: { id: true },
  });
  if (imports.length === 0) return [];
  const undone = new Set(imports.map(({ id }) => id));
  const where = { practiceId, kind: 'matched', undoneAt: null };
  const links = await reader.personLink.findMany({ where, select: { patientId: true, madeBy: true } });
  const firm = new Set(links.filter(({ madeBy }) => !undone.has(madeBy)).map(({ patientId }) => patientId));
  return links.map(({ patientId }) => patientId).filter((id) => !firm.has(id));
}

async function linksOf(
  reader: Pick<Transaction, 'personLink'>,
  practiceId: string,
  patientIds: readonly string[],
): Promise<PersonLink[]> {
  const some = { in: [...patientIds] };
  const rows = await reader.personLink.findMany({
    where: { practiceId, undoneAt: null, OR: [{ patientId: some }, { toId: some }] },
    orderBy: { madeAt: 'asc' },
  });
  return rows.map(toLink);
}

/** The ids of all records of the person of a record, this one first; none when there is no such record. */
export async function recordsOf(
  reader: Pick<Transaction, 'patient'>,
  practiceId: string,
  patientId: string,
): Promise<string[]> {
  const found = await reader.patient.findFirst({
    where: { practiceId, id: patientId },
    select: { personId: true },
  });
  if (found === null) return [];
  if (found.personId === null) return [patientId];
  const records = await reader.patient.findMany({
    where: { practiceId, personId: found.personId, id: { not: patientId } },
    orderBy: { ordinal: 'asc' },
    select: { id: true },
  });
  return [patientId, ...records.map(({ id }) => id)];
}

function toLink({
  practiceId: _,
  undoneAt: __,
  undoneBy: ___,
  reason: ____,
  kind,
  ...link
}: PersonLinkModel) {
  return { ...link, kind: kind as LinkKind };
}
