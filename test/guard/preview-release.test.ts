import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Field, usualStops } from '../../src/extracts/extract.ts';
import { openScene, type Scene } from './scene.ts';
import { someNumbers } from './some-csv.ts';

let scene: Scene;
const [one = '', two = '', three = ''] = someNumbers;
const fields: Field[] = [
  { name: 'code', treatment: 'keep' },
  { name: 'dob', treatment: 'year' },
  { name: 'nhs_number', treatment: 'pseudonym' },
];

beforeAll(async () => {
  scene = await openScene();
  await scene.object(1);
  await scene.object(2, 'type-2');
  await scene.addExtract({ fields });
});

afterAll(() => scene.end());

const file = (...rows: string[]) => Buffer.from(['nhs_number,dob,code,secret', ...rows, ''].join('\r\n'));
async function preview(sample: Buffer, different: object = {}) {
  const [version] = await scene.services.extracts.list(scene.practiceId, ['research']);
  if (version === undefined) throw new Error('no extract');
  return scene.services.guard.preview({ ...version, ...different }, sample);
}
const state = async () => {
  const { reader } = scene.services.database;
  return [await reader.release.count(), (await reader.ledgerHead.findFirst())?.size];
};

test('says row by row what would leave, and why not, as a release would; nothing is recorded', async () => {
  const before = await state();
  const done = await preview(
    file(
      `${one},1970-02-03,C10,s1`,
      `${two},1971-02-03,C11,s2`,
      `${three},1972-02-03,"C,12",s3`,
      `${one},sometime,C13,s4`,
      '9990000000,1973-01-01,C14,s5',
      `${one},too,few`,
    ),
  );
  if (!done.ok) throw new Error(done.reason);
  const { counts, reasons, emptied, header, leaving, rows } = done.preview;
  expect(counts).toEqual({ in: 6, out: 2, withheld: 4 });
  expect(Object.fromEntries(reasons)).toEqual({
    'objected-type-1': 1,
    'objected-type-2': 1,
    'invalid-nhs-number': 1,
    'cannot-be-read': 1,
  });
  expect(emptied).toBe(1);
  expect(header).toEqual(['nhs_number', 'dob', 'code', 'secret']);
  expect(leaving).toEqual(['code', 'dob', 'nhs_number']);
  expect(rows.map(({ line, after, reason }) => [line, after?.slice(0, 2) ?? null, reason])).toEqual([
    [2, ['C10', '1970'], null],
    [3, null, 'objected-type-1'],
    [4, null, 'objected-type-2'],
    [5, ['C13', ''], null],
    [6, null, 'invalid-nhs-number'],
    [7, null, 'cannot-be-read'],
  ]);
  expect(rows[2]?.before).toEqual([three, '1972-02-03', 'C,12', 's3']);
  expect(await state()).toEqual(before);
});

test('pseudonyms are not those of a release', async () => {
  const sample = file(`${one},1970-02-03,C10,s1`);
  const started = await scene.services.guard.startRelease(scene.job, 'research', 'text/csv');
  if (!started.ok) throw new Error(started.reason);
  const decided = await started.release.decide(
    (async function* () {
      yield sample;
    })(),
  );
  if (!decided.ok) throw new Error(decided.reason);
  const chunks: Buffer[] = [];
  for await (const chunk of decided.decided.content()) chunks.push(chunk);
  await decided.decided.end('complete');
  const released = Buffer.concat(chunks).toString();
  expect(released).toMatch(/^code,dob,nhs_number\r\nC10,1970,p[0-9a-f]{32}\r\n$/);
  const shown = async () => {
    const done = await preview(sample);
    return (done.ok && done.preview.rows[0]?.after?.[2]) || '';
  };
  const [first, second] = [await shown(), await shown()];
  expect(first).toMatch(/^p[0-9a-f]{32}$/);
  expect(released).not.toContain(first);
  expect(second).not.toBe(first);
});

test('a draft can be tried too, and only the first rows are shown', async () => {
  const done = await preview(file(...Array.from({ length: 40 }, () => `${one},1970-02-03,C10,s`)), {
    state: 'draft',
    stops: usualStops,
  });
  expect(done.ok && [done.preview.counts.out, done.preview.rows.length]).toEqual([40, 10]);
});

test.each([
  [Buffer.from(''), {}, { reason: 'empty-body' }],
  [Buffer.from('a,b\n1,2\n'), {}, { reason: 'no-nhs-number-column' }],
  [Buffer.from('nhs_number,dob\n1,2\n'), {}, { reason: 'field-missing', column: 'code' }],
  [file('1,2,3,4'), { ground: 'section-251' }, { reason: 'ground-not-ready' }],
  [file('1,2,3,4'), { ground: 'aggregate' }, { reason: 'aggregate-not-released' }],
  [file('1,2'), { ground: 'direct-care' }, { reason: 'row-cannot-be-read', line: 2 }],
])('what cannot be released cannot be tried: %#', async (sample, different, expected) => {
  expect(await preview(sample, different)).toMatchObject({ ok: false, ...expected });
});
