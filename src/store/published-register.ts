import { gzipSync } from 'node:zlib';
import { addDays, monthsBetween, startOfDay } from '../day.ts';
import type { Actor } from '../ledger/entry.ts';
import { makeRegister } from '../register/make-register.ts';
import { aboutTen } from '../register/public-numbers.ts';
import { digestOfText, type RegisteredCount, registerText } from '../register/register.ts';
import type { Database } from './database.ts';
import { latestRegister } from './latest-register.ts';
import { objectionCounts } from './objection-counts.ts';
import type { PracticeChange } from './practice-change.ts';
import { readFacts } from './register-facts.ts';
import { toldShares } from './register-tellings.ts';

/** The first register of a practice tells of so many months before it. */
const MONTHS_AT_FIRST = 12;

const byItself: Actor = { kind: 'system', id: 'register' };

/** What a register needs that is long to count, and does not change any more: it is counted before the lock. */
export type Prepared = {
  readonly newMonths: readonly string[];
  readonly objections: readonly RegisteredCount[];
  /** Who was told by which notice; null: the register before is of the same month, and counted. */
  readonly shares: ReadonlyMap<string, string | null> | null;
};

/** Counts what was in force at the end of each month that is over and of which no register tells yet. */
export async function prepareRegister(
  database: Database,
  practiceId: string,
  day: string,
): Promise<Prepared> {
  const { reader } = database;
  const before = await latestRegister(reader, practiceId);
  const first = before?.day ?? (await firstDay(reader, practiceId, day));
  const newMonths = monthsBetween(first, day).filter((month) => month < day.slice(0, 7));
  const objections: RegisteredCount[] = [];
  for (const month of newMonths) {
    const end = startOfDay(`${addDays(`${month}-01`, 31).slice(0, 7)}-01`);
    const { byType } = await objectionCounts(database).inForce(practiceId, end);
    objections.push({ month, type1: aboutTen(byType['type-1']), type2: aboutTen(byType['type-2']) });
  }
  const isFirst = before === null || before.day.slice(0, 7) !== day.slice(0, 7);
  const shares = isFirst ? await toldShares(database, practiceId, day) : null;
  return { newMonths, objections, shares };
}

async function firstDay(reader: Database['reader'], practiceId: string, day: string): Promise<string> {
  const { createdAt } = await reader.practice.findUniqueOrThrow({ where: { id: practiceId } });
  const earliest = addDays(`${day.slice(0, 7)}-15`, -30 * MONTHS_AT_FIRST);
  // Days sort as they are.
  return [earliest, createdAt.toISOString().slice(0, 10)].sort().at(-1) ?? day;
}

/** Makes the register of a day from what is kept under the lock, and writes its digest into the ledger. */
export async function publishRegister(
  change: PracticeChange,
  day: string,
  at: Date,
  { newMonths, objections, shares }: Prepared,
): Promise<void> {
  const { tx, practiceId } = change;
  const before = await latestRegister(tx, practiceId);
  const facts = await readFacts(tx, practiceId, { day, before, newMonths });
  const text = registerText(makeRegister({ ...facts, objections, shares }));
  const data = { day, digest: digestOfText(text), months: [...newMonths] };
  const ledgerIndex = change.append('register-published', byItself, data, at);
  const content = gzipSync(text);
  await tx.publishedRegister.create({ data: { practiceId, day, ledgerIndex, content, at } });
}
