import { londonDay, showDay } from '../../../day.ts';
import type { RecordedAct } from '../../../objections/act-entry.ts';
import { hasNoNationalEffect } from '../../../objections/national-opt-out.ts';
import {
  type ObjectionType,
  objectionTypes,
  type Standing,
  standing,
} from '../../../objections/objection.ts';
import type { Coded } from '../../../objections/objection-reader.ts';
import { statusOf } from '../../../objections/projection.ts';

/** One of the answers: a short one first, then what it means, a sentence or two each. */
export type Answer = { readonly title: string; readonly short: string; readonly more: readonly string[] };

export type Asked = {
  /** Every act on the patient's objections: of all records of the person, for an objection on one holds for all. */
  readonly acts: readonly RecordedAct[];
  /** What the clinical record was last seen to say of the type 1 objection; null: never seen there. */
  readonly coded: Coded | null;
  /** When the clinical record was last reported at all; null: not yet. */
  readonly lastReportAt: Date | null;
};

/**
 * What to tell somebody who thought that they had opted out. It is read by patients: short words, short sentences.
 * The fourth answer, on the national opt-out, is the same for everybody and stands in the page.
 */
export function plainAnswer({ acts, coded, lastReportAt }: Asked) {
  const [type1, type2] = [standingOf(acts, 'type-1'), standingOf(acts, 'type-2')];
  const inForce = type1?.inForce === true;
  return {
    inForce,
    here: hereAnswer(type1),
    record: recordAnswer(inForce, coded, lastReportAt),
    others: type2Answer(type2),
  };
}

/** What the acts of one type come to, of the record that holds the person back if one does; null without any act. */
function standingOf(acts: readonly RecordedAct[], type: ObjectionType): Standing | null {
  const ofType = acts.filter((act) => act.type === type);
  const records = [...new Set(ofType.map(({ patientId }) => patientId))];
  const standings = records.map((id) => standing(ofType.filter(({ patientId }) => patientId === id)));
  return standings.find(({ inForce }) => inForce) ?? standings[0] ?? null;
}

/** What a patient chose, one sentence or two a type: in force, or what became of it, or that there is none. */
export function choicesOf(acts: readonly RecordedAct[]): string[] {
  return objectionTypes.map((type) => {
    const stands = standingOf(acts, type);
    if (stands === null) return `There is no ${names[type]} objection on record here.`;
    if (stands.inForce) return inForceWords(type, stands);
    return `There is no ${names[type]} objection in force here. ${beforeWords(stands)}`;
  });
}

function hereAnswer(type1: Standing | null): Answer {
  const title = 'A type 1 objection at this practice';
  if (type1?.inForce) {
    return {
      title,
      short: `Yes. ${inForceWords('type-1', type1)}`,
      more: [
        'Data that shows who you are does not leave the practice, except for your own care, or where a law, a court or a serious public interest needs it.',
        ...(type1.needsSettling ? [unsettled] : []),
      ],
    };
  }
  const before = type1 && beforeWords(type1);
  return {
    title,
    short: `No. There is no type 1 objection ${before === null ? 'on record' : 'in force'} here.`,
    more: [
      ...(before === null ? [] : [before]),
      'Data about you may leave the practice for things other than your own care, such as research and planning.',
      'You can object today. You do not have to say why, and you do not need to see a doctor. Your care stays the same.',
    ],
  };
}

const unsettled =
  'You objected and took it back on the same day. The practice will ask you which was your last word. Until then the objection works.';

function recordAnswer(inForceHere: boolean, coded: Coded | null, lastReportAt: Date | null): Answer {
  const title = 'A type 1 objection in your health record';
  if (coded?.as === 'dissent') {
    return {
      title,
      short: `Yes. Your record had it on ${showDay(londonDay(coded.seenAt))}, when we last looked.`,
      more: inForceHere
        ? ['National collections read the record itself. They leave you out.']
        : ['This is not the same as the answer above. The practice has to look into it and tell you.'],
    };
  }
  const willEnter = inForceHere
    ? ['National collections read the record itself. The practice has to enter your objection there too.']
    : [];
  if (coded?.as === 'withdrawn') {
    return {
      title,
      short: `No. On ${showDay(londonDay(coded.seenAt))} your record said that it was taken back.`,
      more: willEnter,
    };
  }
  if (lastReportAt !== null) {
    const day = showDay(londonDay(lastReportAt));
    return {
      title,
      short: `No. The last report from the records, on ${day}, did not have it.`,
      more: willEnter,
    };
  }
  return {
    title,
    short: 'We do not know. The records were not reported to us yet.',
    more: ['The practice can look in your record for you.', ...willEnter],
  };
}

function type2Answer(type2: Standing | null): Answer {
  const title = 'Other choices';
  if (type2 === null) return { title, short: 'There is no type 2 objection on record here.', more: [] };
  if (!type2.inForce) {
    return { title, short: 'There is no type 2 objection in force here.', more: [beforeWords(type2)] };
  }
  return {
    title,
    short: inForceWords('type-2', type2),
    more: [
      hasNoNationalEffect('type-2', type2.since)
        ? 'It came after 11 October 2018, so it has no national effect. The extracts of this practice keep to it.'
        : 'The National Data Opt-out has replaced it. The extracts of this practice still keep to it.',
      ...(type2.needsSettling ? [unsettled] : []),
    ],
  };
}

const names: Readonly<Record<ObjectionType, string>> = { 'type-1': 'type 1', 'type-2': 'type 2' };

function inForceWords(type: ObjectionType, { since }: Standing): string {
  const has = `You have a ${names[type]} objection here`;
  return since === null
    ? `${has}. We do not know since which day.`
    : `${has}. We were told on ${showDay(since)}.`;
}

/** What became of an objection that is not in force. */
function beforeWords(before: Standing): string {
  switch (statusOf(before)) {
    case 'not-upheld':
      return 'There was one. The Caldicott Guardian of the practice decided that it does not stand.';
    case 'in-error':
      return 'One was entered in error: it was never yours.';
    default:
      return before.since === null
        ? 'You had one. It was taken back.'
        : `You had one. It was taken back: we were told on ${showDay(before.since)}.`;
  }
}
