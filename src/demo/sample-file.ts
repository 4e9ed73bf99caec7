import { PATIENTS } from './demo-list.ts';
import { type EventRow, extractCsv } from './files.ts';
import { madeUpEvents } from './made-up-events.ts';
import { madeUpNhsNumber } from './made-up-numbers.ts';

/** A number of the made-up range that is on no list. */
const stranger = () => madeUpNhsNumber(50_000);

/**
 * An extract to send through the guard: what happened to every tenth patient of the made-up practice, among them some
 * who objected and some who left; and at its end what real files hold too: somebody who is not on the list, no number,
 * a number with a slip.
 */
export function sampleFile(): string {
  const everyTenth = Array.from({ length: PATIENTS / 10 }, (_, n) => madeUpNhsNumber(n * 10));
  const event = { date: '2025-11-03', kind: 'procedure', code: '43789009', term: 'Full blood count' };
  const awkward: EventRow[] = [
    { nhsNumber: stranger(), ...event, note: 'not on the list' },
    { nhsNumber: '', ...event, note: 'no number' },
    { nhsNumber: '999 000 0019', ...event, note: 'a slip in the number' },
  ];
  return extractCsv([...everyTenth.flatMap(madeUpEvents), ...awkward]);
}
