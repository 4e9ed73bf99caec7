import { showDay, showInstant } from '../../../day.ts';
import { codesToEnter, systemWords } from '../../../objections/clinical-codes.ts';
import {
  hasFallen,
  type Reconciliation,
  type ReconciliationCounts,
  type ReconciliationLine,
  type ReportSystem,
  reconciliationLists,
} from '../../../objections/coded-report/reconciliation.ts';
import { lookAlikeOf } from '../../../objections/look-alike-codes.ts';
import { paths } from '../../paths.ts';
import type { NameOf } from '../objections/who.ts';
import { typeWords, wordFor } from '../objections/words.ts';
import { listWords, systemNames } from './words.ts';

/** A reconciliation among others: one row of the trend. */
export function trendRow({ id, at, system, counts }: Reconciliation) {
  return {
    href: paths.reconciliation(id),
    at: showInstant(at),
    system: systemNames[system],
    codedThere: counts.codedThere,
    heldHere: counts.heldHere,
    coded: counts.coded,
    lists: (['not-held', 'not-coded', 'vanished'] as const).map((list) => counts[list]),
  };
}

/** A change of a count since the reconciliation before. */
function sinceBefore(now: number, before: number | undefined): string {
  if (before === undefined) return 'No earlier one';
  if (now === before) return `${before}, the same`;
  return `${before}, ${now > before ? `${now - before} more now` : `${before - now} fewer now`}`;
}

const figures: readonly (readonly [words: string, count: (counts: ReconciliationCounts) => number])[] = [
  ['Patients with the type 1 code there', ({ codedThere }) => codedThere],
  ['Patients with a type 1 objection in force here', ({ heldHere }) => heldHere],
  ['Of these, coded there', ({ coded }) => coded],
  ['Coded there for the first time', ({ nowCoded }) => nowCoded],
  ['Patients with a type 2 code there', ({ type2There }) => type2There],
];

/** What a reconciliation came to, beside the one before it. */
export function reconciliationView(one: Reconciliation, before: Reconciliation | null, nameOf: NameOf) {
  return {
    at: showInstant(one.at),
    by: nameOf({ kind: 'staff', id: one.by }),
    fileName: one.fileName,
    system: systemNames[one.system],
    rows: one.counts.rows,
    before: before && { href: paths.reconciliation(before.id), at: showInstant(before.at) },
    fall:
      before !== null && hasFallen(one.counts.codedThere, before.counts.codedThere)
        ? { from: before.counts.codedThere, to: one.counts.codedThere }
        : null,
    figures: figures.map(([words, count]) => ({
      words,
      now: count(one.counts),
      before: sinceBefore(count(one.counts), before ? count(before.counts) : undefined),
    })),
    lists: reconciliationLists.map((list) => ({
      ...listWords[list],
      href: paths.reconciliationList(one.id, list),
      count: one.counts[list],
      before: sinceBefore(one.counts[list], before?.counts[list]),
    })),
  };
}

/** What a line of a list says of its patient, or of its row. */
export function lineWords({ list, type, codedOn, row, what }: ReconciliationLine): string[] {
  const day = codedOn === null ? ', with no day that can be used' : ` on ${showDay(codedOn)}`;
  const inRow = row === null ? [] : [`Row ${row} of the report`];
  if (list === 'unread') return [what ?? ''];
  if (list === 'look-alike') {
    const alike = lookAlikeOf(what ?? '');
    return [
      `${alike?.term ?? 'Another code'} (${alike?.codes.join(' or ') ?? what})`,
      alike?.is ?? '',
      ...inRow,
    ];
  }
  const isOf = wordFor(typeWords, type ?? '');
  if (list === 'not-coded' || list === 'vanished') return [isOf];
  return [`${isOf}: ${list === 'withdrawn-there' ? 'withdrawal coded' : 'coded'}${day}`, ...inRow];
}

/** What to enter in the practice's system; in each, where nobody said which it is. Never a type 2 code. */
export function codesOf(system: ReportSystem | null) {
  return (['dissent', 'withdrawn'] as const).map((meaning) => ({
    meaning,
    title: meaning === 'dissent' ? 'For an objection' : 'For a withdrawal',
    rows: codesToEnter(meaning)
      .filter(({ id }) => system === null || system === 'other' || id === system)
      .map(({ name, code, term }) => ({
        system: name,
        code: code && { text: code.code, kind: systemWords[code.system] },
        term,
      })),
  }));
}
