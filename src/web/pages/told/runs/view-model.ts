import { showDay, showInstant } from '../../../../day.ts';
import { isUnfinished, type NoticeRun } from '../../../../notices/run.ts';
import type { RunContents } from '../../../../notices/run-contents.ts';
import { tellingOutcomes } from '../../../../notices/telling.ts';
import type { ToldVersion } from '../../../../notices/telling-store.ts';
import { paths } from '../../../paths.ts';
import type { NameOf } from '../../objections/who.ts';
import { versionName } from '../find-version.ts';
import { batchWords, leftOutWords, outcomeWords, runStateTags } from '../words.ts';

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
};

/** The files of a batch of letters, each with how many letters it has; those without any are not shown. */
function printed(id: string, contents: RunContents | null) {
  const { standard = 0, 'large-print': large = 0, page = 0 } = contents?.files ?? {};
  const some = (count: number) => (count === 1 ? '1 letter' : `${grouped.format(count)} letters`);
  return [
    { count: standard, href: paths.toldRunLettersPdf(id), words: `${some(standard)} (PDF)` },
    {
      count: large,
      href: paths.toldRunLargePrintPdf(id),
      words: `${some(large)} in large print (PDF): print on both sides`,
    },
    {
      count: page,
      href: `${paths.toldRunLetters(id)}?only=page`,
      words: `${some(page)} in a script that the PDF cannot draw (page to print)`,
    },
  ].filter(({ count }) => count > 0);
}

/** A batch as its own page shows it. */
export function runView(run: NoticeRun, { versions, nameOf, placed, outcomes, contents }: Known) {
  const { id, how, state, count, done, scope, onlyRest, sentOn, sentAt, sentBy } = run;
  const isLetters = how === 'letter';
  const parts = Math.ceil(count / LETTERS_IN_PART);
  const doneNow = state === 'making' ? placed : done;
  const file = isLetters ? paths.toldRunLetters(id) : paths.toldRunMessages(id);
  return {
    ...runLine(run, versions, nameOf),
    isLetters,
    words: batchWords[how],
    isMaking: state === 'making',
    isMade: state === 'made',
    isSent: state === 'sent',
    isUnfinished: isUnfinished(run),
    canStop: state === 'making' || state === 'made',
    done: doneNow,
    count,
    progress: `${grouped.format(doneNow)} of ${grouped.format(count)}`,
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
    printed: printed(id, contents),
    leftOut: (contents?.leftOut ?? []).map(([why, many]) => `${grouped.format(many)} ${leftOutWords[why]}`),
    parts:
      isLetters && parts > 1
        ? Array.from({ length: parts }, (_, part) => ({
            href: `${file}?part=${part + 1}`,
            words: `${grouped.format(part * LETTERS_IN_PART + 1)} to ${grouped.format(Math.min(count, (part + 1) * LETTERS_IN_PART))}`,
          }))
        : [],
    sent: paths.toldRunSent(id),
    stop: paths.stopToldRun(id),
    progressHref: paths.toldRunProgress(id),
  };
}
