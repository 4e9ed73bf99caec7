import { londonDay, showDay } from '../../../day.ts';
import type { RecordedAct } from '../../../objections/act-entry.ts';
import { standing } from '../../../objections/objection.ts';
import type { ListedObjection } from '../../../objections/objection-reader.ts';
import type { Permission } from '../../../staff/permissions.ts';
import { paths } from '../../paths.ts';
import { patientBanner } from './patient-banner.ts';
import type { NameOf } from './who.ts';
import { statusWords, typeWords, viaWords, wordFor } from './words.ts';

const colours: Readonly<Record<string, string>> = {
  'in-force': 'blue',
  withdrawn: 'grey',
  'in-error': 'red',
};

export type May = (permission: Permission) => boolean;

/** A restricted patient, for those who may not see who it is. */
const hiddenPatient = {
  name: 'Restricted record',
  born: '',
  age: '',
  nhsNumber: '',
  notes: [],
  href: undefined,
};

/** A line of the list. */
export function lineView(
  objection: ListedObjection,
  work: readonly Work[],
  { nameOf, now, isHidden }: { readonly nameOf: NameOf; readonly now: Date; readonly isHidden: boolean },
) {
  const { patient, type, status, since, receivedVia, recordedAt, recordedBy } = objection;
  return {
    patient: isHidden ? hiddenPatient : patientBanner(patient, now),
    type: wordFor(typeWords, type),
    status: { text: wordFor(statusWords, status), colour: colours[status] ?? 'grey' },
    received: since === null ? 'No usable date' : showDay(since),
    via: wordFor(viaWords, receivedVia, 'Way not known').toLowerCase(),
    recorded: showDay(londonDay(recordedAt)),
    recordedBy: nameOf({ kind: 'staff', id: recordedBy }),
    work,
  };
}

export type Work = { readonly text: string; readonly href: string | undefined };

/** What has to be done about an objection, each with where it is done for those who may. */
export function workOf(objection: ListedObjection, acts: readonly RecordedAct[], may: May): Work[] {
  const { errorsToConfirm, decisionsToMake } = standing(acts);
  const item = (wanted: boolean, text: string, permission: Permission, href: string): Work[] =>
    wanted ? [{ text, href: may(permission) ? href : undefined }] : [];
  return [
    ...item(
      objection.needsSettling,
      'Settle which word was the last',
      'settle-objection',
      paths.settleObjection(objection.id),
    ),
    ...errorsToConfirm.flatMap((id) =>
      item(true, 'Confirm or refuse the error', 'confirm-error', paths.answerError(id)),
    ),
    ...decisionsToMake.flatMap((id) =>
      item(true, 'Guardian to decide', 'decide-objection', paths.decideObjection(id)),
    ),
    ...item(objection.undated, 'No usable date', 'view-patient', paths.patient(objection.patient.id)),
    ...item(
      objection.tellNational,
      'Tell about the national opt-out',
      'record-objection',
      paths.tellNational(objection.id),
    ),
  ];
}

/** The choices of the filters. */
export const filterChoices = {
  types: [{ value: '', text: 'All types' }, ...choices(typeWords)],
  statuses: [{ value: '', text: 'All states' }, ...choices(statusWords)],
  vias: [{ value: '', text: 'All ways' }, ...choices(viaWords), { value: 'none', text: 'Not known' }],
  needs: [
    { value: '', text: 'Anything or nothing' },
    { value: 'settling', text: 'To settle' },
    { value: 'error', text: 'Errors to confirm' },
    { value: 'decision', text: 'For the guardian to decide' },
    { value: 'date', text: 'Without a usable date' },
    { value: 'telling', text: 'Tell about the national opt-out' },
  ],
};

function choices(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, text]) => ({ value, text }));
}
