import { addDays, startOfDay } from '../day.ts';
import type { ListChoice, Need } from '../objections/objection-reader.ts';

const needed: Readonly<Record<Need, object>> = {
  settling: { needsSettling: true },
  error: { errorsToConfirm: { gt: 0 } },
  decision: { needsDecision: true },
  date: { undated: true },
  telling: { tellNational: true },
};

/** Which rows of a practice's list somebody chose. */
export function objectionsWhere(practiceId: string, choice: ListChoice): object {
  const { type, status, via, needs } = choice;
  return {
    practiceId,
    ...(type && { type }),
    ...(status && { status }),
    ...(via && { receivedVia: via === 'none' ? null : via }),
    ...(needs && needed[needs]),
    ...inPeriod(choice),
  };
}

function inPeriod({ from, to, by = 'received' }: ListChoice): object {
  if (!from && !to) return {};
  if (by === 'received') return { since: { ...(from && { gte: from }), ...(to && { lte: to }) } };
  return {
    recordedAt: { ...(from && { gte: startOfDay(from) }), ...(to && { lt: startOfDay(addDays(to, 1)) }) },
  };
}

type Place = { readonly recordedAt: Date; readonly id: string };

/** Where a page ended, as the address of the next one says it. */
export function cursorOf({ recordedAt, id }: Place): string {
  return Buffer.from(`${recordedAt.toISOString()} ${id}`).toString('base64url');
}

/** What comes after it, the newest being first. Everything, for a cursor that makes no sense. */
export function afterCursor(cursor: string | undefined): object {
  const place = cursor === undefined ? undefined : readCursor(cursor);
  if (place === undefined) return {};
  const { recordedAt, id } = place;
  return { OR: [{ recordedAt: { lt: recordedAt } }, { recordedAt, id: { lt: id } }] };
}

function readCursor(cursor: string): Place | undefined {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const recordedAt = new Date(at);
  return Number.isNaN(recordedAt.getTime()) || id === '' ? undefined : { recordedAt, id };
}
