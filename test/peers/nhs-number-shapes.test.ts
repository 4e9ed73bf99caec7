import '../support/registry.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nhsNumberKey } from '../../src/patients/nhs-number.ts';
import { readPatientList } from '../../src/patients/read-patient-list.ts';
import type { Agent } from '../support/log-in.ts';
import { readPage, textOf } from '../support/page.ts';
import { type Desk, locationOf, openDesk } from '../web/pages/objections/desk.ts';

let desk: Desk;
let receptionist: Agent;
let nhsNumber: string;

beforeEach(async () => {
  desk = await openDesk();
  receptionist = await desk.as('receptionist');
  const patient = await desk.services.patients.byId(desk.practice.practice.id, desk.patientId);
  nhsNumber = patient?.nhsNumber ?? '';
});
afterEach(() => desk.end());

const full = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
const parted = (mark: string) => nhsNumber.replace(/^(...)(...)/, `$1${mark}$2${mark}`);

/** As people write them, and as systems export them. */
const shapes = (): readonly string[] => [
  nhsNumber,
  ...[' ', '-', '\u00a0', '\u2009', '\u202f', '\u2011', '\t'].map(parted),
  ` ${nhsNumber} `,
  `\ufeff${nhsNumber}`,
  full(nhsNumber),
  full(parted(' ')),
  [...nhsNumber].join(' '),
];

/** Whom the desk finds by what somebody typed: the heading of the page. */
async function found(agent: Agent, typed: string): Promise<string> {
  const answer = await agent.submit('/patients', { nhsNumber: typed });
  const path = locationOf(answer);
  const page = path === '' ? answer : await agent.get(path);
  return textOf(page.text, 'h1');
}

/** Who a list with the number written so is of. */
async function listed(cell: string): Promise<string | undefined> {
  const file = `NHS Number,Given Name,Family Name,Date of Birth\n"${cell}",Ada,Lovelace,1970-02-03\n`;
  const read = await readPatientList(Buffer.from(`\ufeff${file}`), { today: '2026-11-22', madeUp: false });
  const [row] = read.ok ? read.rows : [];
  return row?.ok ? row.person.nhsNumber : undefined;
}

const keyOf = (text: string) => nhsNumberKey(Buffer.from(text), 0, Buffer.byteLength(text));

test('peers fault 3: every shape of an NHS number is the same patient, at the desk, in a list and at the guard', async () => {
  for (const shape of shapes()) {
    expect([shape, await found(receptionist, shape)]).toEqual([shape, 'LOVELACE, Ada (Ms)']);
    expect([shape, await listed(shape)]).toEqual([shape, nhsNumber]);
    expect([shape, keyOf(shape)]).toEqual([shape, keyOf(nhsNumber)]);
  }
});

test('peers fault 4: nothing is stripped that turns one identifier into another', async () => {
  const more = ['ab', 'x', '.', '/', '+', '_', '?', 'NHS', '9', '0'];
  const others = more.flatMap((mark) => [mark + nhsNumber, nhsNumber + mark, parted(mark)]);
  for (const other of [...others, nhsNumber.slice(1), nhsNumber.slice(0, -1), `${nhsNumber}\n${nhsNumber}`]) {
    const answer = await receptionist.submit('/patients', { nhsNumber: other });
    expect([
      other,
      answer.status,
      readPage(answer.text).querySelector('.nhsuk-error-summary') !== null,
    ]).toEqual([other, 400, true]);
    expect([other, await listed(other)]).toEqual([other, undefined]);
    expect([other, keyOf(other)]).not.toEqual([other, keyOf(nhsNumber)]);
  }
});

test('peers fault 4: whatever stands in a number but spaces and hyphens makes it another, wherever it stands', () => {
  const separators = /^[\s\u0085\u2010\u2011\ufeff-]*$/;
  const digits = /[0-9\uff10-\uff19]/;
  const odd = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 3 })
    .filter((text) => !separators.test(text));
  fc.assert(
    fc.property(odd, fc.integer({ min: 0, max: 10 }), (text, at) => {
      fc.pre(!digits.test(text));
      expect(keyOf(nhsNumber.slice(0, at) + text + nhsNumber.slice(at))).not.toBe(keyOf(nhsNumber));
    }),
  );
});
