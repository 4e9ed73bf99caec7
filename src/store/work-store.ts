import { londonDay } from '../day.ts';
import { type AgreementFault, agreementWork } from '../extracts/agreements.ts';
import { isOverdue } from '../incidents/incident.ts';
import { stateOf } from '../recipient-letters/recipient-letter.ts';
import type { WorkName } from '../work/work-lists.ts';
import type { Waits, WorkItem, WorkStore } from '../work/work-store.ts';
import { toBeAskedAgain } from './asked-again.ts';
import { birthdays } from './birthday-rows.ts';
import { toBeCoded } from './coded-rows.ts';
import { countedWork } from './counted-work.ts';
import type { Database } from './database.ts';
import { readVersions } from './extract-register.ts';
import { toBeMatched } from './person-store.ts';
import { changePractice } from './practice-change.ts';
import { openLetters } from './recipient-letter-store.ts';
import { toldOtherwise } from './told-otherwise.ts';

type Find = (reader: Database['reader'], practiceId: string, now: Date) => Promise<WorkItem[]>;

/**
 * What waits on each list. Most are short, or somebody would be working them off: they are read whole. How much waits on
 * the others is counted.
 */
export function workStore(database: Database): WorkStore {
  const waiting: WorkStore['waiting'] = async (practiceId, name, now) => {
    const items = await find[name](database.reader, practiceId, now);
    return items.sort((one, other) => compare(one.since, other.since) || compare(one.id, other.id));
  };
  return {
    waiting,
    async overview(practiceId, now) {
      const counted = await countedWork(database.reader, practiceId);
      const lists = Object.keys(find) as WorkName[];
      const read = async (name: WorkName) => {
        const items = await waiting(practiceId, name, now);
        const isOver = items.some((item) => item.isOver);
        return { count: items.length, oldest: items[0]?.since ?? null, isOver };
      };
      const waits = await Promise.all(
        lists.map(async (name) => [name, counted[name] ?? (await read(name))] as const),
      );
      return Object.fromEntries(waits) as Record<WorkName, Waits>;
    },
    noteBirthday: (practiceId, work) =>
      changePractice(database, practiceId, ({ tx, append }) =>
        work({
          append,
          async note(patientId, age, by, at) {
            const where = { patientId_age: { patientId, age } };
            if ((await tx.birthdayNoted.findUnique({ where })) !== null) return false;
            if ((await tx.patient.count({ where: { id: patientId, practiceId } })) === 0) return false;
            await tx.birthdayNoted.create({ data: { patientId, age, practiceId, at, by: by.id } });
            return true;
          },
        }),
      ),
  };
}

/** Rows of the list of objections. */
const objections =
  (where: object, sinceOf: (row: { since: string | null; recordedAt: Date }) => string): Find =>
  async (reader, practiceId) => {
    const rows = await reader.objection.findMany({
      where: { practiceId, ...where },
      select: { id: true, since: true, recordedAt: true },
    });
    return rows.map((row) => ({ id: row.id, since: sinceOf(row) }));
  };

const received = ({ since, recordedAt }: { since: string | null; recordedAt: Date }) =>
  since ?? londonDay(recordedAt);
const recorded = ({ recordedAt }: { recordedAt: Date }) => londonDay(recordedAt);

/** Agreements of extracts of which one thing is to be done. */
const agreements =
  (wanted: AgreementFault): Find =>
  async (reader, practiceId, now) => {
    const today = londonDay(now);
    const work = agreementWork(await readVersions(reader, { practiceId }), today);
    return work
      .filter(({ what }) => what === wanted)
      .map(({ version, on, since }) => ({
        id: `${version.extractId} ${version.version}`,
        since,
        isOver: wanted === 'agreement-ending' && on < today,
      }));
  };

const find: Readonly<Record<WorkName, Find>> = {
  'to-be-matched': async (reader, practiceId) =>
    (await toBeMatched(reader, practiceId)).map(({ id, addedAt }) => ({ id, since: londonDay(addedAt) })),
  'to-be-coded': toBeCoded,
  'to-be-acknowledged': toBeAcknowledged,
  'national-opt-out': objections({ tellNational: true }, recorded),
  birthdays,
  'told-otherwise': toldOtherwise,
  authority: async (reader, practiceId) => {
    const rows = await reader.authorityCheck.findMany({ where: { practiceId, outcome: null } });
    return rows.map(({ requestId, askedAt }) => ({ id: requestId, since: londonDay(askedAt) }));
  },
  'same-day': objections({ needsSettling: true }, recorded),
  errors: errorsToConfirm,
  'imported-withdrawals': async (reader, practiceId) => {
    const rows = await reader.waitingWithdrawal.findMany({ where: { practiceId, state: 'waiting' } });
    const imports = await reader.objectionImport.findMany({ where: { practiceId } });
    const days = new Map(imports.map(({ id, at }) => [id, londonDay(at)]));
    return rows.map(({ id, importId, receivedOn }) => ({ id, since: days.get(importId) ?? receivedOn }));
  },
  // With a day known beside it, or with a withdrawal to settle, there is nothing to find out.
  undated: objections({ undated: true, since: null, needsSettling: false }, recorded),
  'agreements-ending': agreements('agreement-ending'),
  'destruction-due': agreements('destruction-due'),
  'certificates-awaited': agreements('certificate-awaited'),
  'extracts-to-approve': async (reader, practiceId) => {
    const rows = await reader.extractVersion.findMany({ where: { practiceId, state: 'awaiting-approval' } });
    return rows.map(({ extractId, version, sentAt, registeredAt }) => ({
      id: `${extractId} ${version}`,
      since: londonDay(sentAt ?? registeredAt),
    }));
  },
  'recipient-letters': async (reader, practiceId, now) => {
    const today = londonDay(now);
    return (await openLetters(reader, practiceId)).flatMap(({ id, agreedAt, sentOn, ...letter }) => {
      const state = stateOf({ ...letter, sentOn }, letter.objects, today);
      if (state === 'to-send') return [{ id, since: londonDay(agreedAt) }];
      return state === 'overdue' && sentOn ? [{ id, since: sentOn, isOver: true }] : [];
    });
  },
  'unusual-looks': async (reader, practiceId) => {
    const where = { practiceId, outcome: null };
    const rows = await reader.unusualLook.findMany({ where, select: { id: true, day: true } });
    return rows.map(({ id, day }) => ({ id, since: day }));
  },
  decisions: objections({ needsDecision: true }, recorded),
  exemptions: async (reader, practiceId) => {
    const rows = await reader.exemption.findMany({ where: { practiceId, state: 'asked' } });
    return rows.map(({ id, askedAt }) => ({ id, since: londonDay(askedAt) }));
  },
  'asked-again': toBeAskedAgain,
  incidents: async (reader, practiceId, now) => {
    const where = { practiceId, closedAt: null };
    // Which releases it was is not asked: in a practice with many they would be most of what is read.
    const rows = await reader.incident.findMany({ where, omit: { releases: true } });
    return rows.map((incident) => ({
      id: incident.id,
      since: londonDay(incident.openedAt),
      isOver: isOverdue(incident, now),
    }));
  },
};

/** One line a patient: they are written to about all that was recorded. */
async function toBeAcknowledged(reader: Database['reader'], practiceId: string): Promise<WorkItem[]> {
  const rows = await reader.objection.findMany({
    where: { practiceId, acknowledgeSince: { not: null } },
    orderBy: { acknowledgeSince: 'asc' },
  });
  const first = new Map<string, WorkItem>();
  for (const row of rows)
    if (!first.has(row.patientId)) first.set(row.patientId, { id: row.id, since: received(row) });
  return [...first.values()];
}

/** By the day on which somebody said that it was an error, not by that of the objection. */
async function errorsToConfirm(reader: Database['reader'], practiceId: string): Promise<WorkItem[]> {
  const rows = await reader.objection.findMany({ where: { practiceId, errorsToConfirm: { gt: 0 } } });
  const asked = await reader.objectionAct.findMany({
    where: { practiceId, kind: 'ask-error', patientId: { in: rows.map(({ patientId }) => patientId) } },
    orderBy: { ledgerIndex: 'asc' },
    select: { patientId: true, type: true, recordedAt: true },
  });
  const days = new Map(asked.map((act) => [`${act.patientId} ${act.type}`, londonDay(act.recordedAt)]));
  return rows.map((row) => ({
    id: row.id,
    since: days.get(`${row.patientId} ${row.type}`) ?? londonDay(row.recordedAt),
  }));
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
