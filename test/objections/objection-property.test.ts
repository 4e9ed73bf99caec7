import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actKinds, type ObjectionAct, standing } from '../../src/objections/objection.ts';

const days = ['2016-03-01', '2018-05-25', '2026-11-20', null];

/** Histories of up to nine acts on few days, so that every kind of conflict comes up often. */
const history: fc.Arbitrary<ObjectionAct[]> = fc
  .array(
    fc.record({
      kind: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom('record', 'withdraw', 'settle', 'ask-error') },
        { weight: 3, arbitrary: fc.constantFrom(...actKinds) },
        { weight: 1, arbitrary: fc.constant('unheard-of') },
      ),
      receivedOn: fc.constantFrom(...days),
      target: fc.nat(8),
      settledAs: fc.constantFrom('objection', 'withdrawal'),
      upheld: fc.boolean(),
      needsDecision: fc.boolean(),
    }),
    { maxLength: 9 },
  )
  .map((acts) =>
    acts.map(({ target, ...act }, index) => ({
      ...act,
      id: `a${index}`,
      ledgerIndex: index * 10,
      recordedAt: new Date(0),
      targetActId: `a${target}`,
    })),
  );

test('agrees with a slow second reading of the rules', () => {
  fc.assert(
    fc.property(history, (acts) => {
      expect(standing(acts).inForce).toBe(isInForce(acts));
    }),
    { numRuns: 3000 },
  );
});

test('no act but those that may lift an objection ever ends one', () => {
  const mayLift = new Set(['withdraw', 'settle', 'confirm-error', 'decide']);
  fc.assert(
    fc.property(history, (acts) => {
      acts.forEach((act, at) => {
        const before = standing(acts.slice(0, at)).inForce;
        const after = standing(acts.slice(0, at + 1)).inForce;
        if (before && !after) expect(mayLift).toContain(act.kind);
      });
    }),
  );
});

test('an objection received after everything else always works', () => {
  fc.assert(
    fc.property(history, fc.constantFrom('record', 'confirm'), (acts, kind) => {
      const last = { id: 'last', ledgerIndex: 1000, kind, receivedOn: '2026-11-21', recordedAt: new Date(0) };
      expect(standing([...acts, last])).toMatchObject({
        inForce: true,
        since: '2026-11-21',
        decidingActId: 'last',
      });
    }),
  );
});

/** Sentence by sentence, asked of each objection by itself: is it one that stands? */
function isInForce(acts: readonly ObjectionAct[]): boolean {
  return acts.some((objection) => isObjection(objection) && counts(objection) && !isLifted(objection));

  function isObjection(act: ObjectionAct): boolean {
    return ['record', 'confirm', 'unheard-of'].includes(act.kind);
  }

  function counts(act: ObjectionAct): boolean {
    return !isInError(act) && !isNotUpheld(act);
  }

  function isInError(act: ObjectionAct): boolean {
    const about = acts.filter((other) => other.targetActId === act.id && other.ledgerIndex > act.ledgerIndex);
    const asked = about.filter((other) => other.kind === 'ask-error');
    const keeps = act.kind === 'settle' && act.settledAs === 'objection';
    if (act.kind === 'withdraw' || (act.kind === 'settle' && !keeps)) return asked.length > 0;
    if (!isObjection(act) && !keeps) return false;
    return about.some(
      (confirmed) =>
        confirmed.kind === 'confirm-error' &&
        asked.some(
          (ask) =>
            ask.ledgerIndex < confirmed.ledgerIndex &&
            !about.some(
              (refused) =>
                refused.kind === 'refuse-error' &&
                ask.ledgerIndex < refused.ledgerIndex &&
                refused.ledgerIndex < confirmed.ledgerIndex,
            ),
        ),
    );
  }

  function isNotUpheld(act: ObjectionAct): boolean {
    const decisions = acts.filter(
      (other) =>
        other.kind === 'decide' && other.targetActId === act.id && other.ledgerIndex > act.ledgerIndex,
    );
    return isObjection(act) && act.needsDecision === true && decisions.at(-1)?.upheld === false;
  }

  function withdrawals(): ObjectionAct[] {
    return acts.filter((act) => act.kind === 'withdraw' && act.receivedOn !== null && counts(act));
  }

  function isLifted(objection: ObjectionAct): boolean {
    const day = objection.kind === 'unheard-of' ? null : objection.receivedOn;
    if (day === null) return isSettledAway(objection, null, withdrawals());
    const later = withdrawals().filter((withdrawal) => (withdrawal.receivedOn ?? '') > day);
    if (later.length > 0) return true;
    const same = withdrawals().filter((withdrawal) => withdrawal.receivedOn === day);
    return isSettledAway(objection, day, same);
  }

  function isSettledAway(objection: ObjectionAct, day: string | null, against: ObjectionAct[]): boolean {
    const settlings = acts
      .filter((act) => act.kind === 'settle' && act.receivedOn === day && counts(act))
      .filter(
        (act) => act.settledAs === 'objection' || against.some((one) => one.ledgerIndex < act.ledgerIndex),
      );
    const last = settlings.at(-1);
    return last?.settledAs === 'withdrawal' && last.ledgerIndex > objection.ledgerIndex;
  }
}
