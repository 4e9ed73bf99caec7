import { showDay } from '../../../day.ts';
import type { Pile } from '../../../objections/piles/pile.ts';
import type { Waiting } from '../../../reports/report-store.ts';
import type { Permission } from '../../../staff/permissions.ts';
import { paths } from '../../paths.ts';
import { viaWords } from '../objections/words.ts';

/** Each kind of work that waits: its words, where it is done, and who can do it. Others do not see it. */
const work: readonly {
  readonly name: keyof Waiting;
  readonly one: string;
  readonly many: string;
  readonly href: string;
  readonly permission: Permission;
}[] = [
  {
    name: 'errorsToConfirm',
    one: 'objection said to be entered in error, to confirm or refuse',
    many: 'objections said to be entered in error, to confirm or refuse',
    href: `${paths.objections}?needs=error`,
    permission: 'confirm-error',
  },
  {
    name: 'toSettle',
    one: 'objection and withdrawal of the same day, to settle',
    many: 'objections and withdrawals of the same day, to settle',
    href: `${paths.objections}?needs=settling`,
    permission: 'settle-objection',
  },
  {
    name: 'toDecide',
    one: 'objection for the guardian to decide on',
    many: 'objections for the guardian to decide on',
    href: `${paths.objections}?needs=decision`,
    permission: 'decide-objection',
  },
  {
    name: 'importedWithdrawals',
    one: 'imported withdrawal to confirm',
    many: 'imported withdrawals to confirm',
    href: paths.waitingWithdrawals,
    permission: 'confirm-withdrawals',
  },
  {
    name: 'tellNational',
    one: 'patient to tell about the national opt-out',
    many: 'patients to tell about the national opt-out',
    href: `${paths.objections}?needs=telling`,
    permission: 'record-objection',
  },
  {
    name: 'undated',
    one: 'imported objection without a usable date',
    many: 'imported objections without a usable date',
    href: `${paths.objections}?needs=date`,
    permission: 'list-objections',
  },
];

/** A pile of forms that somebody began to key. */
export const openPile = ({ id, receivedVia, receivedOn, arrived, keyed }: Pile & { keyed: number }) => ({
  href: paths.pile(id),
  name: `${viaWords[receivedVia]}, received on ${showDay(receivedOn)}`,
  counts: `arrived ${arrived}, keyed ${keyed}`,
});

/** The work that waits for this person, in words. */
export function workFor(
  waiting: Waiting,
  may: (permission: Permission) => boolean,
): { text: string; href: string }[] {
  return work
    .filter(({ name, permission }) => waiting[name] > 0 && may(permission))
    .map(({ name, one, many, href }) => ({
      text: `${waiting[name]} ${waiting[name] === 1 ? one : many}`,
      href,
    }));
}
