import type { RecordedAct } from '../objections/act-entry.ts';
import { type RecipientLetter, stillObjects } from '../recipient-letters/recipient-letter.ts';
import type {
  FollowedLetter,
  RecipientLetterChange,
  RecipientLetterStore,
} from '../recipient-letters/recipient-letter-store.ts';
import { recordedAct } from './act-row.ts';
import type { Database, Transaction } from './database.ts';
import type { RecipientLetterModel } from './generated/sqlite/models.ts';
import { recordsOf } from './person-store.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

type Reader = Pick<Transaction, 'recipientLetter' | 'patient' | 'objectionAct'>;

const isOpen = { answeredOn: null, stoppedAt: null };

/** Letters to recipients, each with whether the patient still objects. */
export function recipientLetterStore(database: Database): RecipientLetterStore {
  const { reader } = database;
  return {
    ofPerson: (practiceId, patientId) => ofPerson(reader, practiceId, patientId),
    open: (practiceId) => openLetters(reader, practiceId),
    async closed(practiceId, take) {
      const where = { practiceId, NOT: isOpen };
      const rows = await reader.recipientLetter.findMany({
        where,
        orderBy: [{ agreedAt: 'desc' }, { id: 'asc' }],
        take,
      });
      return followed(reader, practiceId, rows);
    },
    find: (practiceId, id) => find(reader, practiceId, id),
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(letterChange(change))),
  };
}

function letterChange({ tx, practiceId, append }: PracticeChange): RecipientLetterChange {
  return {
    append,
    actsOfPerson: (patientId) => actsOfPerson(tx, practiceId, patientId),
    ofPerson: (patientId) => ofPerson(tx, practiceId, patientId),
    async add({ types, ...letter }) {
      await tx.recipientLetter.create({ data: { ...letter, practiceId, types: JSON.stringify(types) } });
    },
    find: (id) => find(tx, practiceId, id),
    async update(id, columns) {
      await tx.recipientLetter.updateMany({ where: { practiceId, id }, data: columns });
    },
  };
}

/** Every letter that was not answered and not stopped, the first asked for first. */
export async function openLetters(reader: Reader, practiceId: string): Promise<FollowedLetter[]> {
  const rows = await reader.recipientLetter.findMany({
    where: { practiceId, ...isOpen },
    orderBy: [{ agreedAt: 'asc' }, { id: 'asc' }],
  });
  return followed(reader, practiceId, rows);
}

async function ofPerson(reader: Reader, practiceId: string, patientId: string): Promise<FollowedLetter[]> {
  const rows = await reader.recipientLetter.findMany({
    where: { practiceId, patientId: { in: await recordsOf(reader, practiceId, patientId) } },
    orderBy: [{ agreedAt: 'desc' }, { id: 'asc' }],
  });
  return followed(reader, practiceId, rows);
}

async function find(reader: Reader, practiceId: string, id: string): Promise<FollowedLetter | null> {
  const row = await reader.recipientLetter.findFirst({ where: { practiceId, id } });
  return row === null ? null : ((await followed(reader, practiceId, [row]))[0] ?? null);
}

/** There are few letters: each patient's acts are read by themselves. */
async function followed(reader: Reader, practiceId: string, rows: readonly RecipientLetterModel[]) {
  const acts = new Map<string, RecordedAct[][]>();
  const letters: FollowedLetter[] = [];
  for (const row of rows) {
    const letter = toLetter(row);
    const records = acts.get(row.patientId) ?? (await actsOfPerson(reader, practiceId, row.patientId));
    acts.set(row.patientId, records);
    letters.push({ ...letter, objects: stillObjects(letter, records) });
  }
  return letters;
}

async function actsOfPerson(reader: Reader, practiceId: string, patientId: string): Promise<RecordedAct[][]> {
  const ids = await recordsOf(reader, practiceId, patientId);
  const rows = await reader.objectionAct.findMany({
    where: { practiceId, patientId: { in: ids } },
    orderBy: { ledgerIndex: 'asc' },
  });
  const acts = rows.map(recordedAct);
  return ids.map((id) => acts.filter((act) => act.patientId === id));
}

function toLetter({ practiceId: _, types, ...row }: RecipientLetterModel): RecipientLetter {
  return { ...row, types: JSON.parse(types) };
}
