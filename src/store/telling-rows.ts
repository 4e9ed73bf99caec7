import type { Actor } from '../ledger/entry.ts';
import type { LeftOut } from '../notices/left-out.ts';
import type { NoticeContent } from '../notices/notice.ts';
import type { NoticeRun } from '../notices/run.ts';
import type { Taking } from '../notices/taking.ts';
import type { RunPlace, ToldVersion } from '../notices/telling-store.ts';
import type { RecordedTelling } from '../notices/told-entry.ts';
import type { Patient } from '../patients/patient.ts';
import type { Transaction } from './database.ts';
import type {
  NoticeRunModel,
  NoticeRunPatientModel,
  NoticeRunTakingModel,
  NoticeVersionModel,
  ToldActModel,
} from './generated/sqlite/models.ts';
import { toPatient } from './patient-store.ts';

// Rows of tellings as the rules read them.

export function toTelling(row: ToldActModel): RecordedTelling {
  const { actorKind, actorId, practiceId: _, ...rest } = row;
  return { ...rest, actor: { kind: actorKind as Actor['kind'], id: actorId } };
}

export function toRun({ practiceId: _, ...row }: NoticeRunModel): NoticeRun {
  return row as NoticeRun;
}

export function toPlace(row: NoticeRunPatientModel): RunPlace {
  const { place, patientId, attemptId, translationId, leftOut, takenAt } = row;
  return { place, patientId, attemptId, translationId, leftOut: leftOut as LeftOut | null, takenAt };
}

export function toTaking({ practiceId: _, ...row }: NoticeRunTakingModel): Taking {
  return row;
}

/** @param name what staff call the notice */
export function toVersion(row: NoticeVersionModel, name: string): ToldVersion {
  const { noticeId, version, state, content, publishedAt } = row;
  if (publishedAt === null) throw new Error('a draft was read as what patients were told');
  return { noticeId, version, name, state, content: JSON.parse(content) as NoticeContent, publishedAt };
}

/** Patients by id. At most 500 ids. */
export async function patientsById(
  reader: Pick<Transaction, 'patient'>,
  practiceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Patient>> {
  const rows = await reader.patient.findMany({ where: { practiceId, id: { in: [...ids] } } });
  return new Map(rows.map((row) => [row.id, toPatient(row)]));
}
