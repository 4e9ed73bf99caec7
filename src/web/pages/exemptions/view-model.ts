import { londonDay, showDay, showInstant } from '../../../day.ts';
import { type Exemption, isInForce } from '../../../extracts/exemptions/exemption.ts';
import type { NameOf } from '../objections/who.ts';
import { typeWords } from '../objections/words.ts';

const states = {
  asked: { text: 'Waits for a guardian', colour: 'orange' },
  'in-force': { text: 'In force', colour: 'blue' },
  over: { text: 'Over', colour: 'grey' },
  refused: { text: 'Refused', colour: 'grey' },
  ended: { text: 'Ended early', colour: 'grey' },
} as const;

/** An exemption as pages show it. */
export function exemptionView(exemption: Exemption, nameOf: NameOf, now: Date) {
  const { id, extractId, version, type, reason, reference, endsOn, state, askedBy, decidedBy, endedBy } =
    exemption;
  const by = (who: string) => nameOf({ kind: 'staff', id: who });
  const isNow = isInForce(exemption, londonDay(now));
  return {
    id,
    extractId,
    title: `${typeWords[type]} not applied to version ${version}`,
    state: states[state === 'approved' ? (isNow ? 'in-force' : 'over') : state],
    waits: state === 'asked',
    askedBy,
    isInForce: isNow,
    rows: [
      { key: 'Reason', value: reason },
      { key: 'Rests on', value: reference },
      { key: 'Last day', value: showDay(endsOn) },
      { key: 'Asked for', value: `${showInstant(exemption.askedAt)}, by ${by(askedBy)}` },
      ...(exemption.decidedAt && decidedBy
        ? [
            {
              key: state === 'refused' ? 'Refused' : 'Approved',
              value: `${showInstant(exemption.decidedAt)}, by ${by(decidedBy)}`,
            },
          ]
        : []),
      ...(exemption.endedAt && endedBy
        ? [{ key: 'Ended', value: `${showInstant(exemption.endedAt)}, by ${by(endedBy)}` }]
        : []),
    ],
  };
}
