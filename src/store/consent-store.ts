import { type ConsentAct, gives, isConsentInForce, objectionWords, type Word } from '../consents/consent.ts';
import type { RecordedConsent } from '../consents/consent-entry.ts';
import type { ConsentChange, ConsentHistory, ConsentStore } from '../consents/consent-store.ts';
import { groupBy } from '../group-by.ts';
import type { Actor } from '../ledger/entry.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import { recordedAct } from './act-row.ts';
import type { Database, Transaction } from './database.ts';
import type { ConsentActModel } from './generated/sqlite/models.ts';
import { onList } from './patient-store.ts';
import { portionsOf } from './portions.ts';
import { changePractice, type PracticeChange } from './practice-change.ts';

type Reader = Pick<Transaction, 'patient' | 'objectionAct' | 'consentAct'>;

const patientColumns = { id: true, nhsNumber: true, dateOfBirth: true, personId: true } as const;

/** Patients' consents to extracts, in the database. */
export function consentStore(database: Database): ConsentStore {
  const { reader } = database;
  return {
    async ofExtract(practiceId, extractId, { skip, take }) {
      const ids = (await everybody(reader, practiceId, extractId)).slice(skip, skip + take);
      return historiesOf(reader, practiceId, extractId, ids);
    },
    count: async (practiceId, extractId) => (await everybody(reader, practiceId, extractId)).length,
    countInForce: async (practiceId, extractId) =>
      (await everyHistory(reader, practiceId, extractId)).filter(isInForce).length,
    async ofPatient(practiceId, patientId, extractId) {
      const [found] = await historiesOf(reader, practiceId, extractId, [patientId]);
      return found ?? { patientId, acts: [], against: [] };
    },
    toBeAsked: (practiceId, extractId) => toBeAskedIn(reader, practiceId, extractId),
    change: (practiceId, work) =>
      changePractice(database, practiceId, (change) => work(consentChange(change))),
  };
}

/** Everybody of whom something is recorded about an extract, the last recorded first. */
async function everybody(reader: Reader, practiceId: string, extractId: string): Promise<string[]> {
  const rows = await reader.consentAct.findMany({
    where: { practiceId, extractId },
    orderBy: { ledgerIndex: 'desc' },
    select: { patientId: true },
  });
  return [...new Set(rows.map(({ patientId }) => patientId))];
}

const everyHistory = async (reader: Reader, practiceId: string, extractId: string) =>
  historiesOf(reader, practiceId, extractId, await everybody(reader, practiceId, extractId));

/** Those whose consent an objection ended, and no withdrawal. */
export async function toBeAskedIn(reader: Reader, practiceId: string, extractId: string) {
  return (await everyHistory(reader, practiceId, extractId)).filter(
    (history) => !isInForce(history) && isConsentInForce(history.acts.filter(gives), withdrawals(history)),
  );
}

const isInForce = ({ acts, against }: ConsentHistory): boolean =>
  isConsentInForce(acts.filter(gives), against);
const withdrawals = ({ acts }: ConsentHistory): Word[] => acts.filter((act) => !gives(act));

function consentChange({ tx, practiceId, append }: PracticeChange): ConsentChange {
  return {
    append,
    async asksForConsent(extractId) {
      const state = { notIn: ['ended', 'superseded'] };
      const where = { practiceId, extractId, ground: 'explicit-consent', state };
      return (await tx.extractVersion.count({ where })) > 0;
    },
    patient: (id) => tx.patient.findFirst({ where: { id, practiceId }, select: patientColumns }),
    withNumbers: (nhsNumbers) =>
      tx.patient.findMany({
        where: { practiceId, nhsNumber: { in: [...nhsNumbers] }, ...onList },
        orderBy: { ordinal: 'asc' },
        select: patientColumns,
      }),
    async recordsOf(patient) {
      const { personId } = patient;
      if (personId === null) return [patient];
      const where = { practiceId, personId };
      return tx.patient.findMany({ where, orderBy: { ordinal: 'asc' }, select: patientColumns });
    },
    async actsOf(extractId, patientIds) {
      const where = { practiceId, extractId, patientId: { in: [...patientIds] } };
      return (await tx.consentAct.findMany({ where, orderBy: { ledgerIndex: 'asc' } })).map(recordedConsent);
    },
    async history(extractId, patientId) {
      const [found] = await historiesOf(tx, practiceId, extractId, [patientId]);
      return found ?? { patientId, acts: [], against: [] };
    },
    async save(acts) {
      for (const { actor, ...act } of acts) {
        await tx.consentAct.create({
          data: { ...act, practiceId, actorKind: actor.kind, actorId: actor.id },
        });
        // On every record of the person: the guard's index reads each that changed.
        const { personId } = await tx.patient.findUniqueOrThrow({ where: { id: act.patientId } });
        await tx.patient.updateMany({
          where: { practiceId, ...(personId === null ? { id: act.patientId } : { personId }) },
          data: { changedAtIndex: act.ledgerIndex },
        });
      }
    },
  };
}

/** What was said of an extract on these records, and what speaks against it on any record of the same person. */
async function historiesOf(
  reader: Reader,
  practiceId: string,
  extractId: string,
  patientIds: readonly string[],
): Promise<ConsentHistory[]> {
  const histories: ConsentHistory[] = [];
  for (const ids of portionsOf(patientIds)) {
    const found = await reader.patient.findMany({
      where: { practiceId, id: { in: [...ids] } },
      select: patientColumns,
    });
    const people = [...new Set(found.flatMap(({ personId }) => personId ?? []))];
    const others = await reader.patient.findMany({
      where: { practiceId, personId: { in: people } },
      select: patientColumns,
    });
    const records = groupBy(others, ({ personId }) => personId ?? '');
    const known = new Map(found.map((one) => [one.id, one]));
    const recordsOf = (id: string) => {
      const personId = known.get(id)?.personId ?? null;
      return personId === null ? [id] : (records.get(personId) ?? []).map((one) => one.id);
    };
    const where = { practiceId, patientId: { in: [...new Set(ids.flatMap(recordsOf))] } };
    const said = consentHistories(
      (await reader.consentAct.findMany({ where, orderBy: { ledgerIndex: 'asc' } })).map(recordedConsent),
      (await reader.objectionAct.findMany({ where })).map(recordedAct),
    );
    for (const patientId of ids) histories.push(said(patientId, recordsOf(patientId), extractId));
  }
  return histories;
}

/**
 * Puts together what patients said of extracts, and what their objections say against it.
 *
 * @returns gives, of one record and an extract, its own acts and what speaks against them on all given records
 */
export function consentHistories(given: readonly RecordedConsent[], objected: readonly RecordedAct[]) {
  const consents = groupBy(given, ({ patientId }) => patientId);
  const objections = groupBy(objected, ({ patientId }) => patientId);
  const wordsOf = (id: string): Word[] =>
    [...groupBy(objections.get(id) ?? [], ({ type }) => type).values()].flatMap(objectionWords);
  return (patientId: string, records: readonly string[], extractId: string): ConsentHistory => {
    const ofExtract = (id: string) => (consents.get(id) ?? []).filter((act) => act.extractId === extractId);
    return {
      patientId,
      acts: ofExtract(patientId),
      against: records.flatMap((id) => [
        ...ofExtract(id).filter((act: ConsentAct) => !gives(act)),
        ...wordsOf(id),
      ]),
    };
  };
}

/** A row of ConsentAct as the rules see it. */
export function recordedConsent(row: ConsentActModel): RecordedConsent {
  const { actorKind, actorId, practiceId: _, ...rest } = row;
  return { ...rest, actor: { kind: actorKind as Actor['kind'], id: actorId } };
}
