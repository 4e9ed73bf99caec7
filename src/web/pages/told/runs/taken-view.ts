import { showInstant } from '../../../../day.ts';
import type { RunContents } from '../../../../notices/run-contents.ts';
import { type Taking, takingState } from '../../../../notices/taking.ts';
import { paths } from '../../../paths.ts';
import type { NameOf } from '../../objections/who.ts';

const grouped = new Intl.NumberFormat('en-GB');
const some = (count: number) => (count === 1 ? '1 letter' : `${grouped.format(count)} letters`);

/** Of the takings of a batch, the newest first: the one that comes now, if any. Taken again, a file is what it is now. */
export function comingOf(takings: readonly Taking[], now: Date): Taking | undefined {
  const isNewest = ({ file }: Taking, at: number) => takings.findIndex((one) => one.file === file) === at;
  return takings.find((one, at) => isNewest(one, at) && takingState(one, now) === 'coming');
}

/** What became of a file when it was last taken, in words; empty when nobody ever took it. */
export function takenWords(takings: readonly Taking[], file: string, nameOf: NameOf, now: Date): string {
  const last = takings.find((one) => one.file === file);
  if (last === undefined) return '';
  const who = `by ${nameOf({ kind: 'staff', id: last.startedBy })}`;
  const state = takingState(last, now);
  if (state === 'taken') return `Taken away ${showInstant(last.endedAt ?? last.startedAt)}, ${who}`;
  if (state === 'coming') return `Being made since ${showInstant(last.startedAt)}, ${who}`;
  return `Broken off half-way, ${showInstant(last.startedAt)}, ${who}: take it again`;
}

/** The files of a batch of letters, each with how many letters it has; those without any are not shown. */
export function printedFiles(id: string, contents: RunContents | null) {
  const { standard = 0, 'large-print': large = 0, page = 0 } = contents?.files ?? {};
  return [
    {
      ...{ file: 'standard', count: standard, href: paths.toldRunLettersPdf(id) },
      words: `${some(standard)} (PDF)`,
    },
    {
      ...{ file: 'large-print', count: large, href: paths.toldRunLargePrintPdf(id) },
      words: `${some(large)} in large print (PDF): print on both sides`,
    },
    {
      ...{ file: 'page', count: page, href: `${paths.toldRunLetters(id)}?only=page` },
      words: `${some(page)} in a script that the PDF cannot draw (page to print)`,
    },
  ].filter(({ count }) => count > 0);
}
