import { addDays, londonDay, londonTime, showDay, showInstant } from '../../../day.ts';
import { PUBLISHED_FROM } from '../../../ledger/public-log.ts';
import type { CheckedAct, CheckedReceipt } from '../../../objections/check-receipt.ts';
import type { Practice } from '../../../staff/add-practice.ts';
import { paths } from '../../paths.ts';
import { typeWords, wordFor } from '../objections/words.ts';

const done: Readonly<Record<string, string>> = {
  record: 'Objection recorded',
  confirm: 'Objection confirmed',
  withdraw: 'Objection withdrawn',
};

/** What the page of a receipt says: all of it would be true of anybody who asked the same on the same day. */
export function receiptCheckView({ acts }: CheckedReceipt, practice: Practice, code: string, now: Date) {
  return {
    practice: { name: practice.name, ods: practice.ods },
    log: paths.log(practice.ods),
    acts: acts.map((act) => ({
      title: wordFor(typeWords, act.type),
      inForce: act.inForce,
      now: nowWords(act),
      rows: [
        {
          key: 'What was recorded',
          value: `${wordFor(done, act.kind)}${act.isInError ? ', entered in error' : ''}`,
        },
        {
          key: 'You told the practice on',
          value: act.receivedOn ? showDay(act.receivedOn) : 'A day that is not known',
        },
        { key: 'Recorded', value: showInstant(act.recordedAt) },
        { key: 'In the public log', value: publishedWords(act, now) },
      ],
      proof: act.published && `${paths.receiptProofs(code)}/${act.type}.tlog-proof`,
    })),
  };
}

function nowWords({ inForce, since, isInError }: CheckedAct): string {
  if (inForce) return `In force${since ? `, received on ${showDay(since)}` : ''}`;
  if (isInError) return 'Not in force: it was entered in error';
  return since ? `Not in force: withdrawn, received on ${showDay(since)}` : 'Not in force';
}

function publishedWords({ published }: CheckedAct, now: Date): string {
  if (published !== null) return `Yes: in the checkpoint of ${showDay(published.day)} and in every one since`;
  const today = londonDay(now);
  return `Not yet: it will be in the checkpoint of ${showDay(londonTime(now) < PUBLISHED_FROM ? today : addDays(today, 1))}`;
}
