import { showDay, showInstant } from '../../../../day.ts';
import type { WaitingImport, WaitingLine } from '../../../../objections/objection-reader.ts';
import { patientBanner } from '../patient-banner.ts';
import { typeWords, wordFor } from '../words.ts';

/** A file, with how much its withdrawals would lift: a large share is a sign that the file is the wrong way round. */
export function fileView(file: WaitingImport, inForce: number) {
  const { importId, fileName, at, rows, waiting, wouldLift } = file;
  return {
    importId,
    fileName,
    waiting,
    rows: [
      { key: 'Imported', value: showInstant(at) },
      { key: 'Withdrawals that wait', value: share(waiting, rows, 'rows of the file') },
      { key: 'They would lift', value: share(wouldLift, inForce, 'objections in force') },
    ],
  };
}

/** One withdrawal. */
export function lineView({ id, patient, type, receivedOn, wouldLift }: WaitingLine, now: Date) {
  return {
    id,
    patient: patientBanner(patient, now),
    type: wordFor(typeWords, type),
    receivedOn: showDay(receivedOn),
    effect: wouldLift ? 'The objection' : 'Nothing: none is in force that was received before',
  };
}

/** What the banner says after an answer. */
export function answeredWords(answer: 'confirmed' | 'refused', count: number): string {
  if (count === 0) return 'Somebody else has answered this already';
  return `${count} ${count === 1 ? 'withdrawal' : 'withdrawals'} ${answer}`;
}

/** `4 of 60 objections in force (7%)` */
function share(part: number, whole: number, what: string): string {
  const percent = whole === 0 ? 0 : (100 * part) / whole;
  const words = part > 0 && percent < 1 ? 'less than 1%' : `${Math.round(percent)}%`;
  return `${part} of ${whole} ${what} (${words})`;
}
