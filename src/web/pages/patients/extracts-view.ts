import { dayOfNumber, showDay } from '../../../day.ts';
import { rulesOfGround } from '../../../extracts/grounds.ts';
import type { Decision, Rule } from '../../../guard/decide.ts';
import type { Explained } from '../../../guard/explain-patient.ts';
import { daysWords } from '../extracts/content-view.ts';

type Words = Readonly<Record<string, string>>;

/** Why rows with the patient's number stay, for whoever has the patient before them. */
const withheldWords: Words = {
  'objected-type-1': 'A type 1 objection is in force.',
  'objected-type-2': 'A type 2 objection is in force.',
  ambiguous: 'Another patient on the list has the same NHS number. Whose data it is cannot be decided.',
  restricted: 'The record is restricted.',
  'left-practice': 'The patient is not registered with the practice.',
  'no-consent': 'Only patients who consented to it leave, and no consent of this patient is in force.',
  'not-on-list': 'The patient is not on the list.',
  'no-nhs-number': 'The patient has no NHS number on the list.',
  'invalid-nhs-number': 'The patient’s NHS number is not valid.',
};

const elsewhereWords: Words = {
  'objected-type-1': 'A type 1 objection is in force on another record of this person or of this NHS number.',
  'objected-type-2': 'A type 2 objection is in force on another record of this person or of this NHS number.',
};

/** Why an extract releases nothing at all. */
const stoppedWords: Words = {
  'extract-draft': 'It is a draft. It is not approved.',
  'extract-awaiting-approval': 'It is not approved yet.',
  'extract-suspended': 'It is suspended.',
  'extract-ended': 'It has ended.',
  'ground-not-ready':
    'Its ground needs a list of national opt-outs, which the registry does not have, or is not classified.',
  'aggregate-not-released': 'It is counts only: nobody’s record leaves.',
  'objections-not-taken-in': 'The objections that the practice had before were not taken in yet.',
  'source-stale': 'The patient list is too old.',
  'self-test': 'The guard’s test of itself fails. Tell whoever runs the registry.',
};

/**
 * What each extract would do with a patient's rows, in words; those that release come first.
 *
 * @param own the types of the patient's own objections in force
 */
export function extractsView(explained: readonly Explained[], own: ReadonlySet<string>) {
  const lines = explained.map((one) => {
    const { name, recipient, purpose } = one.version;
    const line = { name, recipient, purpose, releases: one.releases };
    if (!one.releases) {
      return { ...line, outcome: { text: 'Nothing leaves', colour: 'grey' }, why: stoppedWhy(one) };
    }
    return one.decision === 'permit'
      ? {
          ...line,
          outcome: { text: 'Permitted', colour: 'orange' },
          why: permittedWhy(one.rule, one.version),
        }
      : { ...line, outcome: { text: 'Withheld', colour: 'blue' }, why: withheldWhy(one, own) };
  });
  return [...lines.filter(({ releases }) => releases), ...lines.filter(({ releases }) => !releases)];
}

function stoppedWhy({ reason, version }: Explained & { readonly releases: false }): string {
  if (reason !== 'out-of-dates') return stoppedWords[reason] ?? `It is stopped (${reason}).`;
  return `It may leave from ${showDay(version.startsOn)} to ${showDay(version.endsOn)} only.`;
}

function permittedWhy(
  { withholdsNobody, type1, type2, consentTo, told }: Rule,
  { ground }: { ground: string },
): string {
  const wasTold = told === undefined ? '' : ' The patient was told of it long enough ago.';
  const applied = [...(type1 ? ['type 1'] : []), ...(type2 ? ['type 2'] : [])];
  if (withholdsNobody) return 'It is for the patients’ own care: objections are not applied to this list.';
  if (consentTo !== undefined)
    return `Only patients who consented to it leave, and this patient’s consent is in force.${wasTold}`;
  if (applied.length === 0)
    return ['Objections are not applied to it.', rulesOfGround(ground).why ?? ''].join(' ').trim();
  return `It applies ${applied.join(' and ')} objections. Nothing on record holds this patient back.${wasTold}`;
}

type Withheld = { readonly decision: Decision; readonly rule: Rule; readonly toldOn?: number };

function withheldWhy({ decision, rule, toldOn }: Withheld, own: ReadonlySet<string>): string {
  if (decision === 'not-told') return notToldWhy(rule.told?.days ?? 0, toldOn ?? 0);
  const type = decision.replace(/^objected-/, '');
  const words = type === decision || own.has(type) ? withheldWords : elsewhereWords;
  return words[decision] ?? `It is withheld (${decision}).`;
}

function notToldWhy(days: number, toldOn: number): string {
  const asked = `It asks that patients were told of it at least ${daysWords(days)} before`;
  if (toldOn === 0)
    return `${asked}, by a notice that covers it. This patient was not told, or what was sent came back.`;
  const day = (number: number) => showDay(dayOfNumber(number));
  return `${asked}. This patient was told on ${day(toldOn)}: from ${day(toldOn + days)} on this does not hold them back.`;
}
