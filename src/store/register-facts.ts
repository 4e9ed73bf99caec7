import { addDays, startOfDay } from '../day.ts';
import type { RegisterFacts } from '../register/make-register.ts';
import { releasesFrom } from '../register/register.ts';
import type { PublishedRegister } from '../register/register-store.ts';
import type { Transaction } from './database.ts';
import { toExemption } from './exemption-store.ts';
import { registeredVersion } from './extract-register.ts';
import { tellingsOf } from './register-tellings.ts';

/** A release that ended in a month may have begun so many days before it. */
const LONGEST_RELEASE = 7;

type Asked = {
  readonly day: string;
  readonly before: PublishedRegister | null;
  readonly newMonths: readonly string[];
};

/** Reads all that a register is made of, but for what is counted of objections. */
export async function readFacts(
  tx: Transaction,
  practiceId: string,
  { day, before, newMonths }: Asked,
): Promise<Omit<RegisterFacts, 'objections' | 'shares'>> {
  const where = { practiceId };
  const { ods, name } = await tx.practice.findUniqueOrThrow({ where: { id: practiceId } });
  const last = await tx.verification.findFirst({ where, orderBy: { at: 'desc' } });
  const versions = await tx.extractVersion.findMany({ where });
  const records = versions.map(registeredVersion);
  const exemptions = await tx.exemption.findMany({
    where: { ...where, decidedAt: { not: null }, state: { not: 'refused' } },
    orderBy: [{ decidedAt: 'desc' }, { id: 'asc' }],
  });
  const flows = await tx.otherFlow.findMany({ where, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  const staff = new Map(
    (await tx.staff.findMany({ where, select: { id: true, role: true } })).map(({ id, role }) => [id, role]),
  );
  return {
    day,
    before,
    newMonths,
    practice: { ods, name },
    checked: last && { at: last.at, ok: last.ok },
    versions: records,
    tellings: await tellingsOf(tx, practiceId, records),
    exemptions: exemptions.map(toExemption),
    stops: await stopsOf(tx, practiceId),
    otherFlows: flows.map(({ practiceId: _, ...flow }) => flow),
    releases: await releasesOf(tx, practiceId, day, before),
    checks: await checksOf(tx, practiceId, newMonths),
    roleOf: (id) => staff.get(id),
  };
}

/** Of incidents only those about a release that stopped by itself: the others are each about one patient. */
async function stopsOf(tx: Transaction, practiceId: string) {
  const rows = await tx.incident.findMany({
    where: {
      practiceId,
      patientId: null,
      OR: [{ kind: { startsWith: 'stop-' } }, { kind: { startsWith: 'warning-' } }],
    },
    select: { id: true, kind: true, extractId: true, openedAt: true, closedAt: true },
    orderBy: [{ openedAt: 'desc' }, { id: 'asc' }],
  });
  const accepted = await tx.usualNumber.findMany({ where: { practiceId }, select: { incidentId: true } });
  const ids = new Set(accepted.map(({ incidentId }) => incidentId));
  return rows.map((row) => ({ ...row, numberAccepted: ids.has(row.id) }));
}

async function releasesOf(
  tx: Transaction,
  practiceId: string,
  day: string,
  before: PublishedRegister | null,
) {
  const since = before && addDays(`${before.day.slice(0, 7)}-01`, -LONGEST_RELEASE);
  // Days sort as they are.
  const [from = day] = [releasesFrom(day), ...(since === null ? [] : [since])].sort();
  return tx.release.findMany({
    where: {
      practiceId,
      kind: 'release',
      ...(since !== null && { startedAt: { gte: startOfDay(from) } }),
    },
    select: {
      id: true,
      extractId: true,
      version: true,
      status: true,
      startedAt: true,
      endedAt: true,
      decidedIndex: true,
      countOut: true,
    },
  });
}

async function checksOf(tx: Transaction, practiceId: string, months: readonly string[]) {
  const counted: { month: string; extractId: string; count: number }[] = [];
  for (const month of months) {
    const next = `${addDays(`${month}-01`, 31).slice(0, 7)}-01`;
    const rows = await tx.release.groupBy({
      by: ['extractId'],
      where: {
        practiceId,
        kind: 'check',
        // A check is decided at once; the index is by its beginning.
        startedAt: { gte: startOfDay(addDays(`${month}-01`, -1)) },
        decidedAt: { gte: startOfDay(`${month}-01`), lt: startOfDay(next) },
      },
      _count: { _all: true },
    });
    for (const { extractId, _count } of rows) counted.push({ month, extractId, count: _count._all });
  }
  return counted;
}
