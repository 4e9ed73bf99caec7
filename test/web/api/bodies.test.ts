import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HEADER, manager, rowOf } from '../../guard/scene.ts';
import { somePatients } from '../../support/factories.ts';
import '../../support/registry.ts';
import { type ApiScene, openApiScene } from './api-scene.ts';
import { expectFailed, expectProblem } from './expect-problem.ts';

let scene: ApiScene;
/** The header with a key that names every extract of the scene. */
let every: { authorization: string };

beforeAll(async () => {
  scene = await openApiScene({ SPOOL_MAX: '100000' });
  const extracts = ['direct-care', 'strict', 'no-checks'];
  for (const extractId of extracts) await scene.addExtract({ extractId });
  const change = (extractId: string, data: object) => scene.tamper(data, { extractId });
  await change('direct-care', { ground: 'direct-care' });
  await change('strict', { stops: '{"usualNumber":0.2,"listAgeDays":null,"maxUnreadable":0.01}' });
  await change('no-checks', { checksApproved: false });
  every = { authorization: `Bearer ${await scene.makeKey(['research', ...extracts])}` };
});

afterAll(() => scene.end());

describe('the file of a release', () => {
  test.each([
    ['text/plain', undefined, 'wrong-type'],
    ['application/fhir+ndjson', undefined, 'wrong-type'],
    ['application/json', undefined, 'wrong-type'],
    ['text/csv; charset=windows-1252', undefined, 'wrong-type'],
    ['csv', undefined, 'wrong-type'],
    [undefined, undefined, 'wrong-type'],
    ['text/csv', 'br', 'wrong-encoding'],
    ['text/csv', 'gzip, gzip', 'wrong-encoding'],
  ] as const)('type %s, encoding %s', async (type, encoding, code) => {
    const headers = { 'content-type': type, 'content-encoding': encoding };
    expectProblem(await scene.ask('POST', '/extracts/research/releases', { headers, body: HEADER }), code);
  });

  test.each([
    ['empty-body', ''],
    ['empty-body', '\n\n'],
    ['empty-body', '\ufeff'],
    ['no-nhs-number-column', 'number,note\n1,x\n'],
    ['two-nhs-number-columns', 'nhs_number,NHS Number,note\n1,2,x\n'],
    ['field-missing', 'nhs_number\n1\n'],
    ['field-doubled', 'nhs_number,note,note\n1,x,x\n'],
    ['not-utf-8', Buffer.concat([Buffer.from(HEADER), Buffer.from([0x39, 0xff, 0x0a])])],
    ['not-utf-8', Buffer.from(`\ufeff${HEADER}`, 'utf16le')],
    ['no-nhs-number-column', Buffer.from(HEADER, 'utf16le')],
    ['header-too-long', `nhs_number,note,${'x'.repeat(70_000)}\n`],
    ['unclosed-quote', `${HEADER}9990000018,"x\n`],
    ['record-too-long', `${HEADER}9990000018,${'x'.repeat(1_100_000)}\n`],
    ['too-large', HEADER + rowOf(0, 'x'.repeat(5000)).repeat(30)],
  ] as const)('%s', async (code, csv) => {
    const answer = await scene.release(csv);
    expectProblem(answer, code);
    await expectFailed(scene, answer, code);
  });

  test('too-many-unreadable', async () => {
    const answer = await scene.release(HEADER + 'ragged\n'.repeat(6) + rowOf(0), every, 'strict');
    expectProblem(answer, 'too-many-unreadable');
    expect(
      await scene.ask('GET', `/releases/${answer.headers['release-id']}`, { headers: every }),
    ).toMatchObject({
      json: { status: 'failed', reason: 'too-many-unreadable' },
    });
  });

  test('unusual-number: a hundred patients every night, and then half of them', async () => {
    const many = somePatients(100, 1000);
    await scene.services.patients.add(scene.practiceId, many, manager);
    const fileOf = (people: typeof many) =>
      HEADER + people.map(({ nhsNumber }) => `${nhsNumber},x\n`).join('');
    for (let night = 0; night < 3; night++)
      expect((await scene.release(fileOf(many), every, 'strict')).status).toBe(200);
    expectProblem(await scene.release(fileOf(many.slice(50)), every, 'strict'), 'unusual-number');
  });

  test('row-cannot-be-read, on a direct care list', async () => {
    const answer = await scene.release(`${HEADER}${rowOf(0)}ragged\n`, every, 'direct-care');
    expectProblem(answer, 'row-cannot-be-read');
    expect(answer.json).toMatchObject({ line: 3, detail: expect.stringContaining('Line: 3.') });
  });

  test('the column at fault is named', async () => {
    const answer = await scene.release('nhs_number\n1\n');
    expect(answer.json).toMatchObject({ column: 'note', detail: expect.stringContaining('Column: note.') });
  });
});

describe('the body of a check', () => {
  const ask = (body: string | Buffer, type = 'application/json') =>
    scene.ask('POST', '/extracts/research/checks', { headers: { 'content-type': type }, body });

  test.each([
    ['empty-body', ''],
    ['not-json', 'nhsNumbers'],
    ['not-json', '{"nhsNumbers": ["9990000018"'],
    ['not-utf-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['not-a-check', '[]'],
    ['not-a-check', 'null'],
    ['not-a-check', '{}'],
    ['not-a-check', '{"nhsNumbers": []}'],
    ['not-a-check', '{"nhsNumbers": "9990000018"}'],
    ['not-a-check', '{"nhsNumbers": [9990000018]}'],
    ['not-a-check', '{"nhsNumbers": ["9990000018", null]}'],
    ['too-many-numbers', JSON.stringify({ nhsNumbers: Array(100_001).fill('') })],
    ['too-large', JSON.stringify({ nhsNumbers: ['9'.repeat(9_000_000)] })],
  ] as const)('%s', async (code, body) => {
    expectProblem(await ask(body), code);
  });

  test.each([
    ['empty-body', ''],
    ['empty-body', '\r\n\n'],
    ['not-utf-8', Buffer.from([0x39, 0xff])],
    ['too-many-numbers', '1\n'.repeat(100_001)],
    ['too-large', '9'.repeat(9_000_000)],
  ] as const)('%s, as text', async (code, body) => {
    expectProblem(await ask(body, 'text/plain'), code);
  });

  test('wrong-type, wrong-encoding, checks-not-approved', async () => {
    expectProblem(await ask('9990000018', 'text/csv'), 'wrong-type');
    const headers = { 'content-type': 'text/plain', 'content-encoding': 'br' };
    expectProblem(
      await scene.ask('POST', '/extracts/research/checks', { headers, body: '1' }),
      'wrong-encoding',
    );
    const text = { headers: { 'content-type': 'text/plain', ...every }, body: '9990000018' };
    expectProblem(await scene.ask('POST', '/extracts/no-checks/checks', text), 'checks-not-approved');
  });
});
