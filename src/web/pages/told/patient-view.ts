import { showDay, showInstant } from '../../../day.ts';
import { groupBy } from '../../../group-by.ts';
import { showReference } from '../../../notices/attempt-reference.ts';
import { toldByAttempt } from '../../../notices/telling.ts';
import type { ToldVersion } from '../../../notices/telling-store.ts';
import type { RecordedTelling } from '../../../notices/told-entry.ts';
import { paths } from '../../paths.ts';
import type { NameOf } from '../objections/who.ts';
import { versionName } from './find-version.ts';
import { howWords, outcomeWords } from './words.ts';

type Known = { readonly versions: readonly ToldVersion[]; readonly nameOf: NameOf };

/** Every attempt to tell a patient, the last first, with what came of it. */
export function attemptsOf(acts: readonly RecordedTelling[], { versions, nameOf }: Known) {
  return [...groupBy(acts, ({ attemptId }) => attemptId)].reverse().map(([attemptId, own]) => {
    const [first] = own;
    const version = versions.find((one) => one.noticeId === first?.noticeId && one.version === first.version);
    const since = toldByAttempt(own);
    const failed = own.some(({ outcome }) => outcome === 'bounced' || outcome === 'returned');
    const isPost = first?.how === 'letter' || first?.how === 'registration-pack';
    return {
      how: howWords[first?.how ?? ''] ?? first?.how ?? '',
      notice: version ? versionName(version) : 'A notice that is no longer here',
      href: first && paths.noticeVersion(first.noticeId, first.version),
      state: since
        ? { text: `Told since ${showDay(since)}`, colour: 'green' }
        : failed
          ? { text: 'Did not reach them', colour: 'red' }
          : { text: 'Nothing heard yet', colour: 'grey' },
      acts: own.map(({ outcome, on, recordedAt, actor }) => ({
        words: `${outcomeWords[outcome] ?? outcome} on ${showDay(on)}`,
        recorded: `recorded ${showInstant(recordedAt)}, by ${nameOf(actor)}`,
      })),
      reference: showReference(attemptId),
      /** A letter that may still come back. */
      canReturn: isPost && !failed && own.some(({ outcome }) => outcome === 'sent') ? attemptId : undefined,
    };
  });
}

/** In a sentence for each notice in use: whether the patient was told by it, and since when. */
export function toldStatements(acts: readonly RecordedTelling[], inUse: readonly ToldVersion[]) {
  return inUse.map((version) => {
    const own = acts.filter(
      ({ noticeId, version: number }) => noticeId === version.noticeId && number === version.version,
    );
    const days = [...groupBy(own, ({ attemptId }) => attemptId).values()]
      .map(toldByAttempt)
      .filter((day) => day !== undefined)
      .sort();
    const [since] = days;
    return {
      isTold: since !== undefined,
      name: versionName(version),
      words: since === undefined ? 'Not told yet' : `Told since ${showDay(since)}`,
    };
  });
}
