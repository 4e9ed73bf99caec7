import { expect, test } from 'vitest';
import { clinicalCodes, codesToEnter, termToLookUp } from '../../../src/objections/clinical-codes.ts';
import { readCode, readCodes } from '../../../src/objections/coded-report/read-code.ts';
import { lookAlikes } from '../../../src/objections/look-alike-codes.ts';

test.each([
  ['9Nu0', 'dissent'],
  ['9Nu0.', 'dissent'],
  ['9Nu0.00', 'dissent'],
  ['XaZ89', 'dissent'],
  ['827241000000103', 'dissent'],
  ['9Nu1', 'withdrawn'],
  ['XaZ8A', 'withdrawn'],
  ['827261000000102', 'withdrawn'],
])('%s is type 1: %s', (code, meaning) =>
  expect(readCode(code, 'whatever')).toEqual({
    ok: true,
    is: 'objection',
    type: 'type-1',
    meaning,
  }),
);

test.each([
  '="827241000000103"',
  "'827241000000103",
  '827 241 000 000 103',
  '827,241,000,000,103',
  '827241000000103.00',
  '９Ｎｕ０',
  '9Nu0\u200b',
  '\u200e9Nu0.00',
])('%j is read as the code that people see in it', (code) =>
  expect(readCode(code, '')).toEqual({ ok: true, is: 'objection', type: 'type-1', meaning: 'dissent' }),
);

test.each(['9Nu0 - Dissent from secondary use', 'SCTID: 827241000000103', '9Nu0/9Nu1', 'ctv3:XaZ89'])(
  '%s is not passed over: somebody has to look',
  (code) => expect(readCode(code, '')).toMatchObject({ ok: false }),
);

test.each([
  ['9Nu4.', 'dissent'],
  ['XaaVL', 'dissent'],
  ['881561000000100', 'dissent'],
  ['9Nu5', 'withdrawn'],
  ['XaaVM', 'withdrawn'],
  ['881581000000109', 'withdrawn'],
])('%s is type 2: %s', (code, meaning) =>
  expect(readCode(code, '')).toEqual({ ok: true, is: 'objection', type: 'type-2', meaning }),
);

test.each([...lookAlikes.flatMap(({ codes }) => codes), '9Ndo.', '9Ndo.00', '9M1..', '9M1..00'])(
  '%s looks like one, is named, and does not count',
  (code) => expect(readCode(code, termToLookUp.dissent)).toMatchObject({ ok: true, is: 'look-alike' }),
);

test('every code is in one table only, with its source and the day on which it was looked up', () => {
  const all = [...clinicalCodes.map(({ code }) => code), ...lookAlikes.flatMap(({ codes }) => codes)];
  expect(new Set(all).size).toBe(all.length);
  for (const { source, on } of [...clinicalCodes, ...lookAlikes]) {
    expect(source).not.toBe('');
    expect(on).toMatch(/^\d{4}-\d\d-\d\d$/);
  }
});

test.each([
  [['9Nu0.', '827241000000103'], { is: 'objection', meaning: 'dissent' }],
  [['', '827241000000103'], { is: 'objection', meaning: 'dissent' }],
  [['9Nu0.', '8.27241E+14'], { is: 'objection', meaning: 'dissent' }],
  [['9Nu0.', '827261000000102'], { ok: false }],
  [['9Nu0.', '9Ndo.'], { ok: false }],
  [['246..', '8.27241E+14'], { ok: false }],
  [['246..', '163020007'], { is: 'other' }],
])('a row with the codes %j says %j', (codes, said) => expect(readCodes(codes, '')).toMatchObject(said));

test.each(['9Nu2', '9Nu3', '246..', '881561000000109'])('%s is nothing of ours', (code) =>
  expect(readCode(code, termToLookUp.dissent)).toEqual({ ok: true, is: 'other' }),
);

test.each(['9nu0', '9NU0.', 'XAZ89', '8.27241E+14', '8,27E14'])('%s is refused', (code) =>
  expect(readCode(code, '')).toMatchObject({ ok: false }),
);

test('a term counts only where there is no code, and only ours', () => {
  expect(readCode('', 'Dissent from secondary use of GP patient identifiable data ')).toMatchObject({
    meaning: 'dissent',
  });
  expect(readCode('', termToLookUp.withdrawn.toUpperCase())).toMatchObject({ meaning: 'withdrawn' });
  expect(readCode('', 'Dissent from something')).toEqual({ ok: true, is: 'other' });
});

test.each([
  'Dissent from secondary use of general practitioner patient identifiable data (finding)',
  'Withdrawal of dissent from secondary use of GP data',
])('a term that may be ours is not passed over: %s', (term) =>
  expect(readCode('', term)).toMatchObject({ ok: false }),
);

test('only codes that a source gives are offered, never type 2, and where there is none the term to look up', () => {
  expect(codesToEnter('dissent').map(({ name, code }) => [name, code?.code])).toEqual([
    ['EMIS Web', '827241000000103'],
    ['SystmOne', 'XaZ89'],
    ['Vision', '9Nu0'],
  ]);
  expect(codesToEnter('withdrawn').map(({ name, code, term }) => [name, code?.code ?? term])).toEqual([
    ['EMIS Web', '9Nu1'],
    ['SystmOne', termToLookUp.withdrawn],
    ['Vision', '9Nu1'],
  ]);
});

/** The check digit of SNOMED CT identifiers (Verhoeff). */
function verhoeff(digits: string): boolean {
  const times = [
    '0123456789',
    '1576283094',
    '5803796142',
    '8916043527',
    '9453126870',
    '4286573901',
    '2793806415',
    '7046913258',
  ];
  const d = (a: number, b: number): number => {
    const turned = (n: number) => (n < 5 ? n : n - 5);
    if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + turned(b)) % 5);
    return b < 5 ? 5 + ((turned(a) - b + 5) % 5) : (turned(a) - turned(b) + 5) % 5;
  };
  return (
    [...digits]
      .reverse()
      .reduce((sum, digit, place) => d(sum, Number(times[place % 8]?.[Number(digit)])), 0) === 0
  );
}

test('every SNOMED CT code of the list has its check digit, and the misprint that is about has not', () => {
  for (const { code, system } of clinicalCodes)
    if (system === 'snomed') expect(verhoeff(code), code).toBe(true);
  expect(verhoeff('881561000000109')).toBe(false);
});
