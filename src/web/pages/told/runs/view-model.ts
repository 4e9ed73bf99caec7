import { showDay, showInstant } from '../../../../day.ts';
import { isUnfinished, type NoticeRun } from '../../../../notices/run.ts';
import type { RunContents } from '../../../../notices/run-contents.ts';
import type { Taking } from '../../../../notices/taking.ts';
import { tellingOutcomes } from '../../../../notices/telling.ts';
import type { ToldVersion } from '../../../../notices/telling-store.ts';
import { paths } from '../../../paths.ts';
import type { NameOf } from '../../objections/who.ts';
import { versionName } from '../find-version.ts';
import { batchWords, leftOutWords, outcomeWords, runStateTags } from '../words.ts';
import { comingOf, printedFiles, takenWords } from './taken-view.ts';

const grouped = new Intl.NumberFormat('en-GB');
/** Letters of one part of a print. */
export const LETTERS_IN_PART = 500;

const nameIn = (versions: readonly ToldVersion[], { noticeId, version }: NoticeRun): string => {
  const found = versions.find((one) => one.noticeId === noticeId && one.version === version);
  return found ? versionName(found) : 'A notice that is no longer here';
};

const orderOf = ({ outcome }: { outcome: string }): number =>
  (tellingOutcomes as readonly string[]).indexOf(outcome);

/** What is in a batch: `1,234 letters`. */
const whatIn = ({ count, how }: NoticeRun): string =>
  `${grouped.format(count)} ${count === 1 ? batchWords[how].replace(/s$/, '') : batchWords[how]}`;

/** A batch in the list of them. */
export function runLine(run: NoticeRun, versions: readonly ToldVersion[], nameOf: NameOf) {
  return {
    href: paths.toldRun(run.id),
    what: whatIn(run),
    notice: nameIn(versions, run),
    made: `${showInstant(run.madeAt)}, by ${nameOf({ kind: 'staff', id: run.madeBy })}`,
    state: runStateTags[run.state],
    sent: run.sentOn === null ? '' : showDay(run.sentOn),
  };
}

type Known = {
  readonly versions: readonly ToldVersion[];
  readonly nameOf: NameOf;
  readonly placed: number;
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  /** Null while it is made, or when it was stopped. */
  readonly contents: RunContents | null;
  /** The newest first. */
  readonly takings: readonly Taking[];
  /** References of letters that were printed, and are for somebody who gets none any more. */
  readonly pulled: readonly string[];
  readonly now: Date;
};

/** What moves the bar of a batch: the batch itself while it is made or noted as sent, else a file of it that comes. */
export function progressOf(run: NoticeRun, placed: number, takings: readonly Taking[], now: Date) {
  const coming = comingOf(takings, now);
  const isUnfinishedRun = isUnfinished(run);
  const ofRun = { done: run.state === 'making' ? placed : run.done, rows: run.count };
  const { done, rows } =
    isUnfinishedRun || coming === undefined ? ofRun : { done: coming.done, rows: coming.count };
  return { isRunning: isUnfinishedRun || coming !== undefined, done, rows, last: takings[0]?.id ?? '' };
}

/** A batch as its own page shows it. */
export function runView(run: NoticeRun, known: Known) {
  const { versions, nameOf, placed, outcomes, contents, takings, pulled, now } = known;
  const { id, how, state, count, scope, onlyRest, sentOn, sentAt, sentBy } = run;
  const isLetters = how === 'letter';
  const parts = Math.ceil(count / LETTERS_IN_PART);
  const progress = progressOf(run, placed, takings, now);
  const version = versions.find((one) => one.noticeId === run.noticeId && one.version === run.version);
  const wordsOf = (taken: string) => takenWords(takings, taken, nameOf, now);
  const file = isLetters ? paths.toldRunLetters(id) : paths.toldRunMessages(id);
  return {
    ...runLine(run, versions, nameOf),
    isLetters,
    words: batchWords[how],
    isMaking: state === 'making',
    isMade: state === 'made',
    isSent: state === 'sent',
    isUnfinished: isUnfinished(run),
    isWithdrawn: version?.state !== 'published',
    /** A file is on its way to somebody. */
    isComing: comingOf(takings, now) !== undefined,
    lastTaking: progress.last,
    untaken: contents?.untaken ?? 0,
    untakenWords: `${grouped.format(contents?.untaken ?? 0)} of ${grouped.format(contents?.total ?? 0)}`,
    /** How many there are to send, and how many of them were in no file yet. */
    total: contents?.total ?? 0,
    pulled,
    canStop: state === 'making' || state === 'made',
    done: progress.done,
    count: progress.rows,
    progress: `${grouped.format(progress.done)} of ${grouped.format(progress.rows)}`,
    whom: `${
      scope === 'notice'
        ? 'Whoever was told by no version of this notice'
        : 'Whoever this version did not tell'
    }${onlyRest && how !== 'text' ? ', and is not reached otherwise' : ''}`,
    sentWords:
      sentOn === null
        ? null
        : `${showDay(sentOn)}, noted ${sentAt ? showInstant(sentAt) : ''} by ${nameOf({ kind: 'staff', id: sentBy ?? '' })}`,
    outcomes: [...outcomes]
      .sort((one, other) => orderOf(one) - orderOf(other))
      .map((one) => ({
        words: outcomeWords[one.outcome] ?? one.outcome,
        count: grouped.format(one.count),
      })),
    file,
    printed: printedFiles(id, contents).map((one) => ({ ...one, taken: wordsOf(one.file) })),
    messagesTaken: wordsOf('messages'),
    isLong: count > LETTERS_IN_PART,
    allTaken: wordsOf('all'),
    leftOut: (contents?.leftOut ?? []).map(([why, many]) => `${grouped.format(many)} ${leftOutWords[why]}`),
    parts:
      isLetters && parts > 1
        ? Array.from({ length: parts }, (_, part) => ({
            href: `${file}?part=${part + 1}`,
            words: `${grouped.format(part * LETTERS_IN_PART + 1)} to ${grouped.format(Math.min(count, (part + 1) * LETTERS_IN_PART))}`,
            taken: wordsOf(`part-${part + 1}`),
          }))
        : [],
    sent: paths.toldRunSent(id),
    stop: paths.stopToldRun(id),
    progressHref: paths.toldRunProgress(id),
  };
}
