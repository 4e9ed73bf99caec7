import { showDay, showInstant } from '../../../day.ts';
import type { RecordedAct } from '../../../objections/act-entry.ts';
import { wordingOf } from '../../../objections/form-wordings.ts';
import type { NameOf } from './who.ts';
import {
  actWords,
  authorityWords,
  identityWords,
  requesterWords,
  typeWords,
  viaWords,
  wordFor,
} from './words.ts';

/** An act with all that was written down about it, for the practice's own eyes. What was not asked has no row. */
export function actView(act: RecordedAct, nameOf: NameOf) {
  const row = (key: string, value: string | null) => (value === null ? [] : [{ key, value }]);
  const known = (words: Readonly<Record<string, string>>, name: string | null) =>
    name === null ? null : wordFor(words, name);
  const day = act.receivedOn === null ? 'No usable date' : showDay(act.receivedOn);
  return {
    title: `${wordFor(typeWords, act.type)}: ${wordFor(actWords, act.kind).replace('Objection ', '').toLowerCase()}`,
    rows: [
      { key: 'Received on', value: day },
      ...row('Received via', known(viaWords, act.receivedVia)),
      ...row('Wording of the form', wordingWords(act)),
      ...row('Who asked', known(requesterWords, act.requester)),
      ...row('Name of who asked', act.requesterName),
      ...row('What shows that they may ask', known(authorityWords, act.authoritySeen)),
      ...row('Identity', known(identityWords, act.identityChecked)),
      ...row('Says that they first asked on', act.firstAskedOn && showDay(act.firstAskedOn)),
      ...row('How that is known', act.firstAskedProof),
      ...row('Note', act.note),
      ...row('Reason', act.reason),
      { key: 'Recorded', value: recordedWords(act, nameOf) },
    ],
  };
}

/** When it was keyed, and by whom; and that it came from a file. */
export function recordedWords({ recordedAt, actor, importId }: RecordedAct, nameOf: NameOf): string {
  const from = importId === null ? '' : ', from an imported file';
  return `${showInstant(recordedAt)}, by ${nameOf(actor)}${from}`;
}

/** The form, by its title and by the words printed at its foot. */
function wordingWords(act: RecordedAct): string | null {
  const wording = wordingOf(act);
  return wording ? `${wording.title} (${wording.id})` : null;
}
