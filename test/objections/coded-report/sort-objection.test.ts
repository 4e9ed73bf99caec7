import { expect, test } from 'vitest';
import type { LastSaid } from '../../../src/objections/coded-report/last-said.ts';
import { type HeldHere, sortObjection } from '../../../src/objections/coded-report/sort-objection.ts';

const coded = (meaning: LastSaid['meaning'], on: string | null, isLate = false): LastSaid => ({
  meaning,
  on,
  row: 2,
  isLate,
});
const dissent = (on: string | null) => coded('dissent', on);
const back = (on: string | null) => coded('withdrawn', on);
const late = coded('dissent', '2020-01-01', true);
const here = (state: HeldHere['state'], different: Partial<HeldHere> = {}): HeldHere => ({
  state,
  since: state === 'none' ? null : '2018-01-01',
  objectedOn: state === 'none' ? [] : ['2016-01-01'],
  wasCoded: false,
  isThere: true,
  ...different,
});
const held = here('in-force', { since: '2016-01-01' });
const ended = here('ended');

test.each([
  // Coded there
  ['type-1', 'in force, coded', held, dissent('2016-01-01'), 'agrees'],
  ['type-1', 'in force, coded on another day', held, dissent('2020-01-01'), 'agrees'],
  ['type-1', 'in force, coded without a day', held, dissent(null), 'agrees'],
  ['type-1', 'never here, coded', here('none'), dissent('2016-01-01'), 'not-held'],
  ['type-1', 'never here, coded without a day', here('none'), dissent(null), 'not-held'],
  ['type-1', 'ended, its own code', ended, dissent('2016-01-01'), 'ended-here'],
  ['type-1', 'ended, code older than the withdrawal', ended, dissent('2017-12-31'), 'ended-here'],
  ['type-1', 'ended, code of the day of the withdrawal', ended, dissent('2018-01-01'), 'not-held'],
  ['type-1', 'ended, later code', ended, dissent('2018-01-02'), 'not-held'],
  ['type-1', 'ended, code without a day', ended, dissent(null), 'not-held'],
  [
    'type-1',
    'ended, undated here and there',
    here('ended', { objectedOn: [null] }),
    dissent(null),
    'ended-here',
  ],
  ['type-1', 'in error, its own code', here('ended', { since: null }), dissent('2016-01-01'), 'ended-here'],
  ['type-1', 'in error, another code', here('ended', { since: null }), dissent('2015-01-01'), 'not-held'],
  // A withdrawal there is never an objection, and never lifts one
  ['type-1', 'in force, later withdrawal there', held, back('2018-01-01'), 'withdrawn-there'],
  ['type-1', 'in force, withdrawal there on the same day', held, back('2016-01-01'), 'withdrawn-there'],
  ['type-1', 'in force, withdrawal there without a day', held, back(null), 'withdrawn-there'],
  [
    'type-1',
    'in force without a day',
    here('in-force', { since: null }),
    back('2010-01-01'),
    'withdrawn-there',
  ],
  ['type-1', 'objected after the withdrawal there', held, back('2015-12-31'), 'not-coded'],
  ['type-1', 'the same, and was coded', here('in-force', { wasCoded: true }), back('2015-01-01'), 'vanished'],
  ['type-1', 'ended here, withdrawal there', ended, back('2018-01-01'), 'agrees'],
  ['type-1', 'never here, withdrawal there', here('none'), back('2018-01-01'), 'agrees'],
  // Nothing there
  ['type-1', 'in force, nothing there', held, null, 'not-coded'],
  ['type-1', 'in force, was coded', here('in-force', { wasCoded: true }), null, 'vanished'],
  ['type-1', 'in force, left or died', here('in-force', { isThere: false, wasCoded: true }), null, 'agrees'],
  ['type-1', 'ended, nothing there', ended, null, 'agrees'],
  // Type 2 is never to be entered; of after its end it is to be corrected, whatever is here
  ['type-2', 'in force, nothing there', held, null, 'agrees'],
  ['type-2', 'in force, was coded', here('in-force', { wasCoded: true }), null, 'agrees'],
  ['type-2', 'in force, coded', held, dissent('2016-01-01'), 'agrees'],
  ['type-2', 'never here, coded in time', here('none'), dissent('2016-01-01'), 'not-held'],
  ['type-2', 'ended, its own code', ended, dissent('2016-01-01'), 'ended-here'],
  ['type-2', 'in force, later withdrawal there', held, back('2018-01-01'), 'withdrawn-there'],
  ['type-2', 'in force, coded too late', held, late, 'late-type-2'],
  ['type-2', 'never here, coded too late', here('none'), late, 'late-type-2'],
  ['type-2', 'ended, coded too late', ended, late, 'late-type-2'],
] as const)('%s, %s', (type, _, ours, there, list) => expect(sortObjection(type, ours, there)).toBe(list));
