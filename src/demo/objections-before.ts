import { stringify } from 'csv-stringify/sync';
import { addDays } from '../day.ts';
import { TYPE_2_ENDED } from '../objections/national-opt-out.ts';
import type { Listed } from './demo-list.ts';
import { pickWeighted, type Random, seeded, type Weighted } from './random.ts';

type Row = readonly [
  nhsNumber: string,
  type: '1' | '2',
  act: 'record' | 'withdraw',
  receivedOn: string,
  via: string,
];

/** When type 1 and type 2 objections began to be taken in England, and the last day of each wave of them. */
const BEGAN = '2013-10-01';
const waves: Weighted<readonly [firstDay: string, days: number]> = [
  [['2014-01-06', 60], 45],
  [['2016-04-01', 500], 20],
  [['2021-05-12', 60], 35],
];

/**
 * What the practice had in its clinical system before it had the registry, as a file for import: objections of the
 * waves of 2014 and 2021 and those between, some withdrawn, some asked twice, two without a usable day.
 */
export function objectionsBefore(list: readonly Listed[]): string {
  const rows = list
    .filter(({ n, wasThere }) => wasThere && seeded(4_000_000 + n).chance(0.042))
    .flatMap(({ n, person }) => rowsOf(seeded(5_000_000 + n), person.nhsNumber, person.dateOfBirth));
  const header = ['nhs_number', 'type', 'act', 'received_on', 'received_via'];
  return stringify([header, ...rows.map((row) => [...row])]);
}

function rowsOf(random: Random, nhsNumber: string, dateOfBirth: string): Row[] {
  const types = pickWeighted<readonly ('1' | '2')[]>(random, [
    [['1'], 70],
    [['2'], 12],
    [['1', '2'], 18],
  ]);
  const via = pickWeighted(random, [
    ['type-1-form', 50],
    ['letter', 25],
    ['clinical-record', 25],
  ]);
  const day = laterOf(dateOfBirth, dayOfWave(random));
  const undated = random.chance(0.005);
  const recorded = types.map((type): Row => {
    const last = type === '2' && day > TYPE_2_ENDED ? dayBeforeEnd(random, dateOfBirth) : day;
    return [nhsNumber, type, 'record', undated ? 'not known' : last, via];
  });
  const again: Row[] = random.chance(0.05) ? [[nhsNumber, '1', 'record', addDays(day, 400), 'letter']] : [];
  const withdrawn: Row[] = random.chance(0.07)
    ? [[nhsNumber, types[0] ?? '1', 'withdraw', addDays(day, 700), 'letter']]
    : [];
  return [...recorded, ...again, ...withdrawn];
}

function dayOfWave(random: Random): string {
  const [first, length] = pickWeighted(random, waves);
  return addDays(first, random.between(0, length));
}

/** A day on which type 2 objections were still taken; for those born since, the day of birth. */
function dayBeforeEnd(random: Random, dateOfBirth: string): string {
  return laterOf(dateOfBirth, addDays(BEGAN, random.between(0, 1500)));
}

const laterOf = (one: string, other: string) => (one > other ? one : other);
