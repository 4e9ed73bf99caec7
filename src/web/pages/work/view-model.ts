import { londonDay, showDay } from '../../../day.ts';
import type { RecordedAct } from '../../../objections/act-entry.ts';
import { standing } from '../../../objections/objection.ts';
import type { ListedObjection } from '../../../objections/objection-reader.ts';
import { hasReceipt } from '../../../objections/one-form.ts';
import type { Permission } from '../../../staff/permissions.ts';
import { ageWords, type Lateness, latenessOf } from '../../../work/lateness.ts';
import type { Owner, WorkName } from '../../../work/work-lists.ts';
import type { WorkLine } from '../../../work/work-overview.ts';
import type { WorkItem } from '../../../work/work-store.ts';
import { paths } from '../../paths.ts';
import { typeWords, wordFor } from '../objections/words.ts';

export const ownerWords: Readonly<Record<Owner, string>> = {
  receptionist: 'Reception',
  manager: 'Practice manager',
  guardian: 'Caldicott Guardian',
};

/** Lists that have a time of their own. */
const overWords: Partial<Record<WorkName, string>> = {
  incidents: 'Over 72 hours',
  'recipient-letters': 'Overdue',
};

type Tag = { readonly text: string; readonly colour: string };

/** What a list or a line is marked with when it is late. */
function tagOf(lateness: Lateness, name: WorkName): Tag | null {
  if (lateness === 'in-time') return null;
  if (lateness === 'alert') return { text: '5 working days', colour: 'orange' };
  return { text: overWords[name] ?? 'Over a month', colour: 'red' };
}

/** A list of the overview; `href` only for those who may do it. */
export function overviewLine(line: WorkLine, may: (permission: Permission) => boolean, now: Date) {
  const { list, count, oldest, lateness } = line;
  return {
    title: list.title,
    href: may(list.permission) ? (list.page ?? paths.workList(list.name)) : null,
    count,
    oldest: oldest === null ? 'Nothing waits' : ageWords(oldest, londonDay(now)),
    owner: ownerWords[list.owner],
    tag: tagOf(lateness, list.name),
  };
}

/** How long something has waited. */
export function ageOf({ since, isOver }: WorkItem, name: WorkName, now: Date) {
  const today = londonDay(now);
  return {
    age: ageWords(since, today),
    since: showDay(since),
    tag: tagOf(isOver ? 'breach' : latenessOf(since, today), name),
  };
}

type Action = { readonly text: string; readonly href: string };

/**
 * What to do about an objection on a list, and where.
 *
 * @param acts all acts on it
 */
export function actionsOf(
  name: WorkName,
  objection: ListedObjection,
  acts: readonly RecordedAct[],
): Action[] {
  const { id, patient, status, codedAs } = objection;
  switch (name) {
    case 'to-be-coded':
      return [{ text: codingWords(status, codedAs), href: paths.patient(patient.id) }];
    case 'to-be-acknowledged': {
      const act = acts.findLast((one) => hasReceipt(one) && one.importId === null);
      return act ? [{ text: 'Receipt to print', href: paths.receipt(act.id) }] : [];
    }
    case 'national-opt-out':
      return [{ text: 'Tell about the national opt-out', href: paths.tellNational(id) }];
    case 'same-day':
      return [{ text: 'Settle which word was the last', href: paths.settleObjection(id) }];
    case 'errors':
      return standing(acts).errorsToConfirm.map((act) => ({
        text: 'Confirm or refuse the error',
        href: paths.answerError(act),
      }));
    case 'decisions':
      return standing(acts).decisionsToMake.map((act) => ({
        text: 'Decide whether it stands',
        href: paths.decideObjection(act),
      }));
    default:
      return [{ text: 'Record it with the day', href: paths.newObjectionFor(patient.id) }];
  }
}

/** A withdrawal that is coded there is asked about first, unless the objection is known to be the later word. */
function codingWords(status: string, codedAs: string | null): string {
  if (status !== 'in-force') return 'Enter the withdrawal';
  return codedAs === 'withdrawn'
    ? 'A withdrawal is coded there: ask the patient, or enter the objection if it came later'
    : 'Enter the objection';
}

/** What an objection on a list is. */
export const objectionWords = ({ type, since }: ListedObjection): string =>
  `${wordFor(typeWords, type)}, ${since === null ? 'no usable date' : `received on ${showDay(since)}`}`;
