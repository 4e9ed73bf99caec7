// Large files of both formats, with numbers in every guise, about a hundred made-up patients.
import { checkDigit, keyOfNhsNumber, nhsNumberOfKey } from '../../src/patients/nhs-number.ts';
import { indexOf } from './scan.ts';

const numbers = [1, 9, 10, 99_999_999, 123_456_789, 400_000_000, 999_999_998, 999_000_001]
  .flatMap((key) => Array.from({ length: 12 }, (_, more) => key + more))
  .filter((key) => key < 1e9 && key % 111_111_111 !== 0)
  .filter((key) => checkDigit(String(key).padStart(9, '0')) !== undefined)
  .map(nhsNumberOfKey);
const strangers = numbers.filter((_, place) => place % 7 === 3);
const listed = numbers.filter((_, place) => place % 7 !== 3);
export const canaries = new Set(listed.filter((_, place) => place % 17 === 5).map(keyOfNhsNumber));
const people = [
  ...listed.map((nhsNumber, place) => ({
    nhsNumber,
    type1: place % 9 === 2,
    type2: place % 11 === 3,
    left: place % 13 === 4,
    restricted: place % 19 === 5,
  })),
  // Records with a number that somebody has already: other people's, and the same person's.
  ...listed.slice(0, 6).map((nhsNumber, place) => ({ nhsNumber, type2: place === 1 })),
  { nhsNumber: '' },
];
export const index = indexOf(people);

const days = [
  '2024-05-06',
  '2024-02-28',
  '',
  '2024-02-29',
  '2024-12-31',
  '2023-02-29',
  'x',
  '"2024-05-06"',
  '06/05/2024',
];
const notes = [
  '',
  'x',
  'a note of some length, as they are',
  '"a, b"',
  '"a\nb"',
  '"said ""so"""',
  'naïve 漢字',
];
const names = ['nhs_number', 'day', 'note'] as const;

type Random = (below: number) => number;
/** Numbers that come again and again, without a pattern. */
export function randomFrom(seed: number): Random {
  let state = seed | 1;
  return (below) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b1;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

export function writtenNumber(random: Random, odd: number): string {
  const some = random(40) === 0 ? strangers : listed;
  const number = some[random(some.length)] as string;
  if (random(odd) > 0) return number;
  const spaced = `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;
  const others = [
    spaced,
    ` ${number}`,
    `${number} `,
    `${number.slice(0, 9)}x`,
    '',
    '1111111111',
    `${number}0`,
  ];
  return others[random(others.length)] as string;
}

export function csvOf(random: Random, rows: number, odd: number): Buffer {
  const order = [
    [0, 1, 2],
    [2, 0, 1],
    [1, 2, 0],
  ][random(3)] as number[];
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const number = writtenNumber(random, odd);
    const cells: string[] = [
      random(odd) === 0 ? `"${number}"` : number,
      days[random(random(odd) === 0 ? days.length : 3)] as string,
      notes[random(random(odd) === 0 ? notes.length : 3)] as string,
    ];
    const end = random(odd) === 0 ? ['\r\n', '\n\n', ',\n', '\r\r\n'][random(4)] : '\n';
    lines.push(order.map((place) => cells[place] ?? '').join(',') + end);
  }
  return Buffer.from(`${order.map((place) => names[place]).join(',')}\n${lines.join('')}`);
}

export function linesOf(random: Random, rows: number, odd: number, long: number): Buffer {
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const [number, day] = [writtenNumber(random, odd), days[random(3)]];
    const end = random(odd) === 0 ? ['\r\n', '\n\n', '\n \n', '\n\r\n'][random(4)] : '\n';
    const shapes: object[] = [
      { nhs_number: number, day, note: random(odd) === 0 ? 'n'.repeat(random(3) === 0 ? long : 40) : 'x' },
      { day, nhs_number: number, note: 'x' },
      { nhs_number: number, day, note: ['x', { y: number }] },
      { nhs_number: number, day, note: { nhs_number: writtenNumber(random, odd) } },
      { nhs_number: Number(number) || null, day, note: 'x' },
      { nhs_number: number, day, note: 'x', [`more${random(30)}`]: 1 },
    ];
    const usual = random(row % 3000 < 2000 ? 1 : 3);
    const said = JSON.stringify(shapes[random(odd) === 0 ? random(shapes.length) : usual]) as string;
    const others = [
      said,
      said.replace('nhs_n', '\\u006ehs_n'),
      said.replace('":', '" :'),
      'no object',
      '[1]',
      said.slice(1),
    ];
    lines.push(`${random(odd) === 0 ? others[random(others.length)] : said}${end}`);
  }
  const bom = random(3) === 0 ? '\ufeff' : '';
  return Buffer.from(bom + lines.join(''));
}
