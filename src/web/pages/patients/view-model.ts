import { londonDay, showDay, showInstant } from '../../../day.ts';
import type { RecordedAct } from '../../../objections/act-entry.ts';
import { objectionTypes, type Standing, standing } from '../../../objections/objection.ts';
import { hasReceipt } from '../../../objections/one-form.ts';
import { statusOf } from '../../../objections/projection.ts';
import type { Patient } from '../../../patients/patient.ts';
import type { HeldRelease } from '../../../patients/patient-releases.ts';
import type { PatientObjection } from '../../../patients/patient-store.ts';
import { paths } from '../../paths.ts';
import { actView } from '../objections/act-view.ts';
import { patientBanner } from '../objections/patient-banner.ts';
import type { NameOf } from '../objections/who.ts';
import { actStateWords, statusWords, typeWords, wordFor } from '../objections/words.ts';

type Tag = { readonly text: string; readonly colour: string };

const tagOf: Readonly<Record<string, string>> = { 'in-force': 'blue', withdrawn: 'grey', 'in-error': 'grey' };

/** One patient in a list of those found: enough to tell them from another with the same name. */
export function foundView(patient: Patient, objections: readonly PatientObjection[], now: Date) {
  const inForce = objections.filter(
    ({ patientId, status }) => patientId === patient.id && status === 'in-force',
  );
  return {
    ...patientBanner(patient, now),
    // The whole address is not needed to know somebody again.
    address: [patient.address?.split(',')[0], patient.postcode].filter(Boolean).join(', ') || 'No address',
    objections: inForce.map(
      ({ type }): Tag => ({ text: `${wordFor(typeWords, type)} in force`, colour: 'blue' }),
    ),
  };
}

/** What the patient page says of each type of objection, and every act on it, newest first. */
export function objectionsView(acts: readonly RecordedAct[], nameOf: NameOf) {
  return objectionTypes.map((type) => {
    const ofType = acts.filter((act) => act.type === type);
    const result = standing(ofType);
    return {
      type: typeWords[type],
      headline: headlineOf(ofType, result),
      inForce: result.inForce,
      waits: waitsFor(result),
      acts: [...ofType].reverse().map((act) => shownAct(act, result, nameOf)),
    };
  });
}

function headlineOf(acts: readonly RecordedAct[], result: Standing): { tag: Tag; words: string } {
  if (acts.length === 0)
    return {
      tag: { text: 'No objection', colour: 'white' },
      words: 'No objection of this type is on record.',
    };
  const status = statusOf(result);
  const tag = { text: statusWords[status], colour: tagOf[status] ?? 'grey' };
  if (!result.inForce) return { tag, words: 'There was an objection. It is not in force now.' };
  const since =
    result.since === null
      ? 'The day on which it was received is not known.'
      : `Received on ${showDay(result.since)}.`;
  return { tag, words: `${since} The patient is withheld from every extract to which it applies.` };
}

function waitsFor({ needsSettling, needsDecision, errorsToConfirm, undated }: Standing): string[] {
  return [
    ...(needsSettling
      ? [
          'An objection and a withdrawal cannot be put in order. The objection stands until a manager settles it.',
        ]
      : []),
    ...(needsDecision ? ['The guardian has to decide on it. Until then it stands.'] : []),
    ...(errorsToConfirm.length > 0
      ? ['Somebody said that it was entered in error. It stands until a second person confirms that.']
      : []),
    ...(undated ? ['An imported objection has no usable date.'] : []),
  ];
}

function shownAct(act: RecordedAct, result: Standing, nameOf: NameOf) {
  const state = result.states.get(act.id) ?? 'stands';
  const isWord = ['record', 'confirm', 'withdraw'].includes(act.kind);
  return {
    ...actView(act, nameOf),
    ledgerIndex: act.ledgerIndex,
    /** Crossed out on the page: it was withdrawn, or never was. */
    crossedOut: ['withdrawn', 'superseded', 'in-error', 'not-upheld'].includes(state),
    state: state === 'stands' ? null : actStateWords[state],
    receipt: hasReceipt(act) ? paths.receipt(act.id) : null,
    error:
      isWord && state !== 'in-error' && !result.errorsToConfirm.includes(act.id)
        ? paths.markInError(act.id)
        : null,
  };
}

const endings: Readonly<Record<string, string>> = {
  complete: 'Left',
  interrupted: 'Counts as having left: the connection broke',
  started: 'Being sent',
  failed: 'Counts as having left: the end was not written',
};

/** Where the patient's data went. */
export function heldView(releases: readonly HeldRelease[]) {
  return releases.map((release) => ({
    href: paths.release(release.releaseId),
    when: showInstant(release.decidedAt),
    extract: release.extractName,
    recipient: release.recipient,
    purpose: release.purpose,
    kind:
      release.kind === 'check' ? 'Number permitted in a check' : (endings[release.status] ?? release.status),
  }));
}

/** The rest of what the list says of the patient. */
export function patientFacts(patient: Patient, now: Date): { key: string; value: string }[] {
  return [
    { key: 'Address', value: [patient.address, patient.postcode].filter(Boolean).join(', ') || 'No address' },
    { key: 'Gender', value: patient.gender ?? 'Not known' },
    {
      key: 'On the list',
      value:
        patient.status === 'left'
          ? 'Left the practice'
          : `Registered, since ${showDay(londonDay(patient.addedAt))} in this registry`,
    },
    ...(patient.dateOfDeath ? [{ key: 'Died on', value: showDay(patient.dateOfDeath) }] : []),
    { key: 'Shown on', value: showInstant(now) },
  ];
}
