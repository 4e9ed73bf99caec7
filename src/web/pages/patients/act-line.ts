import { showDay } from '../../../day.ts';
import type { RecordedAct } from '../../../objections/act-entry.ts';
import type { ActState, Standing } from '../../../objections/objection.ts';
import { hasReceipt } from '../../../objections/one-form.ts';
import { paths } from '../../paths.ts';
import { actView } from '../objections/act-view.ts';
import type { NameOf } from '../objections/who.ts';
import { actStateWords, actWords, wordFor } from '../objections/words.ts';

/** Acts that may be said to be entered in error (src/objections/mark-entered-in-error.ts). */
const mayBeInError = new Set(['record', 'confirm', 'withdraw', 'settle']);
const over = new Set<ActState>(['withdrawn', 'superseded', 'in-error', 'not-upheld']);

/** One act on the patient's page: all of it, struck through when it does not count any more. */
export function actLine(
  act: RecordedAct,
  history: readonly RecordedAct[],
  standing: Standing,
  nameOf: NameOf,
  mayMark: boolean,
) {
  const state = standing.states.get(act.id) ?? 'stands';
  const waits = standing.errorsToConfirm.includes(act.id);
  const { rows } = actView(act, nameOf);
  const target = history.find(({ id }) => id === act.targetActId);
  const words = wordFor(actWords, act.kind);
  return {
    words,
    isOver: over.has(state),
    tags: [
      ...(state === 'stands'
        ? []
        : [{ text: actStateWords[state], colour: state === 'in-error' ? 'red' : 'grey' }]),
      ...(waits ? [{ text: 'An error to confirm', colour: 'orange' }] : []),
    ],
    rows: [
      ...(target
        ? [{ key: 'About', value: `${wordFor(actWords, target.kind)}, ledger entry ${target.ledgerIndex}` }]
        : []),
      ...rows.filter(({ key }) => key !== 'Received on' || !target),
      ...(act.kind === 'settle'
        ? [
            {
              key: 'The last word was',
              value: act.settledAs === 'objection' ? 'The objection' : 'The withdrawal',
            },
          ]
        : []),
      ...(act.kind === 'decide'
        ? [
            {
              key: 'Decision',
              value: act.upheld === false ? 'The objection does not stand' : 'The objection stands',
            },
          ]
        : []),
      { key: 'Ledger entry', value: String(act.ledgerIndex) },
    ],
    /** Tells one link from another for whoever hears them alone. */
    which: `${words.toLowerCase()}${act.receivedOn ? `, received on ${showDay(act.receivedOn)}` : ''}, entry ${act.ledgerIndex}`,
    receipt: hasReceipt(act) ? paths.receipt(act.id) : undefined,
    markInError:
      mayMark && mayBeInError.has(act.kind) && state !== 'in-error' && !waits
        ? paths.markInError(act.id)
        : undefined,
  };
}
