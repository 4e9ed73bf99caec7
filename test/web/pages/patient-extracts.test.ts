import request from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../../src/day.ts';
import { demoExtracts } from '../../../src/demo/demo-extracts.ts';
import { anApprovedExtract, anExtract } from '../../support/extracts.ts';
import type { Agent } from '../../support/log-in.ts';
import { type PageElement, readPage, textOf } from '../../support/page.ts';
import { aPublishedNotice, keepTellings } from '../../support/tellings.ts';
import { type Desk, NOW, openDesk } from './objections/desk.ts';

let desk: Desk;
let agent: Agent;
let key: string;
const by = { kind: 'command-line', id: 'test' } as const;
/** By kind: the id of a patient. */
const patients: Record<string, string> = {};
const today = NOW.toISOString().slice(0, 10);

/** Extracts that release nothing, or that no objection stops, beside those of the made-up practice. */
const others = [
  { extractId: 'not-approved', approve: false },
  { extractId: 'over', startsOn: addDays(today, -60), endsOn: addDays(today, -1) },
  { extractId: 'counts', ground: 'aggregate' },
  { extractId: 'needs-opt-outs', ground: 'section-251' },
  { extractId: 'by-law', ground: 'legal-obligation' },
  { extractId: 'with-left', ground: 'public-health', includeLeft: true },
  { extractId: 'by-consent', ground: 'explicit-consent' },
  { extractId: 'told-first', ground: 'explicit-consent', toldDays: 28 },
];

beforeAll(async () => {
  desk = await openDesk();
  const { services } = desk;
  const practiceId = desk.practice.practice.id;
  for (const extract of demoExtracts) await anApprovedExtract(services, practiceId, extract);
  for (const { approve = true, ...different } of others)
    await (approve ? anApprovedExtract : anExtract)(services, practiceId, {
      name: different.extractId,
      ...different,
    });
  const extracts = [...demoExtracts, ...others].map(({ extractId }) => extractId);
  const expiresAt = new Date(NOW.getTime() + 86_400_000);
  const made = await services.keys.make({ practiceId, name: 'Nightly', extracts, expiresAt }, by);
  if (!made.ok) throw new Error(made.reason);
  key = made.key;

  const add = async (kind: string, day: number) => {
    patients[kind] = await desk.another(addDays('1970-03-01', day));
    return patients[kind];
  };
  const type1 = ['type-1'] as const;
  const type2 = ['type-2'] as const;
  await add('none', 0);
  await desk.recorded({ patientId: await add('type 1', 1), types: type1 });
  await desk.recorded({ patientId: await add('type 2', 2), types: type2 });
  await desk.recorded({ patientId: await add('both', 3), types: [...type1, ...type2] });
  const withdrawn = { patientId: await add('withdrawn', 4), types: type1 };
  await desk.recorded(withdrawn);
  await desk.withdrawn({ ...withdrawn, receivedOn: '2026-11-09' });
  const contradicted = { patientId: await add('same day', 5), types: type1 };
  await desk.recorded(contradicted);
  await desk.withdrawn(contradicted);
  const change = async (kind: string, day: number, data: object) => {
    const id = await add(kind, day);
    await services.database.write((tx) => tx.patient.update({ where: { id }, data }));
  };
  await change('left', 6, { status: 'left' });
  await change('restricted', 7, { restricted: true });
  const shared = await services.patients.byId(practiceId, await add('shared number', 8));
  await change('shares it', 9, { nhsNumber: shared?.nhsNumber ?? '' });
  const objecting = await add('number of an objector', 10);
  await desk.recorded({ patientId: objecting, types: type2 });
  const objector = await services.patients.byId(practiceId, objecting);
  const told = { how: 'paper-form', reference: 'Form 1', on: '2026-01-05' } as const;
  const consenting = { practiceId, patientId: await add('consented', 12), extractId: 'by-consent' };
  await services.consents.record({ ...consenting, ...told }, by);
  const { noticeId } = await aPublishedNotice(services, practiceId, [
    { extractId: 'told-first', version: 1 },
  ]);
  for (const [place, on] of [addDays(today, -28), '2026-11-01', undefined].entries()) {
    const patientId = await add(['told', 'told lately', 'not told'][place] ?? '', 13 + place);
    await services.consents.record({ practiceId, patientId, extractId: 'told-first', ...told }, by);
    if (on !== undefined) await keepTellings(services, practiceId, [{ patientId, noticeId, on }]);
  }
  await change('shares that', 11, { nhsNumber: objector?.nhsNumber ?? '' });
  agent = await desk.as('manager');
});
afterAll(() => desk.end());

type Line = { extract: string; outcome: string; why: string };

/** What the page says of a patient, by the extract's name. */
async function linesOf(patientId: string): Promise<Line[]> {
  const page = await agent.get(`/patients/${patientId}/extracts`);
  expect(page.status).toBe(200);
  const words = (cell: PageElement | undefined) => {
    const heading = cell?.querySelector('.nhsuk-table__heading')?.textContent ?? '';
    return (cell?.textContent ?? '').replace(heading, '').trim();
  };
  return [...readPage(page.text).querySelectorAll('tbody tr')].map((row) => {
    const cells = [...row.querySelectorAll('th, td')];
    return { extract: words(cells[0]), outcome: words(cells[3]), why: words(cells[4]) };
  });
}

/** What a real release of a file with one row of the patient comes to. */
async function released(extractId: string, nhsNumber: string) {
  const file = `nhs_number,event_date,kind,code,term,note\n${nhsNumber},2026-01-02,visit,1,x,y\n`;
  const answer = await request(desk.address)
    .post(`/api/v1/extracts/${extractId}/releases`)
    .set('Authorization', `Bearer ${key}`)
    .type('text/csv')
    .send(file);
  if (answer.status === 409) return { outcome: 'Nothing leaves', reason: String(answer.body.code) };
  expect(answer.status).toBe(200);
  const rows = answer.text.trim().split('\n').length - 1;
  const practiceId = desk.practice.practice.id;
  const release = await desk.services.reports.release(practiceId, answer.headers['release-id'] ?? '');
  const [reason = ''] = Object.keys(release?.reasons ?? {});
  return { outcome: rows === 1 ? 'Permitted' : 'Withheld', reason };
}

/** A word by which the page's sentence is known, for each reason that a release gives. */
const said: Readonly<Record<string, RegExp>> = {
  'objected-type-1': /type 1 objection/,
  'objected-type-2': /type 2 objection/,
  ambiguous: /same NHS number/,
  restricted: /restricted/,
  'left-practice': /not registered/,
  'no-consent': /no consent .* in force/,
  'not-told': /It asks that patients were told of it at least 28 days before/,
  'extract-draft': /not approved/,
  'extract-awaiting-approval': /not approved/,
  'out-of-dates': /It may leave from .* to .* only/,
  'aggregate-not-released': /counts only/,
  'ground-not-ready': /ground needs/,
  'objections-not-taken-in': /not taken in/,
};

async function compare() {
  const practiceId = desk.practice.practice.id;
  const wrong: unknown[] = [];
  const outcomes = new Set<string>();
  const versions = await desk.services.extracts.list(
    practiceId,
    [...demoExtracts, ...others].map(({ extractId }) => extractId),
  );
  for (const [kind, patientId] of Object.entries(patients)) {
    const patient = await desk.services.patients.byId(practiceId, patientId);
    const lines = await linesOf(patientId);
    expect(lines).toHaveLength(versions.length);
    for (const { extractId, name } of versions) {
      const real = await released(extractId, patient?.nhsNumber ?? '');
      const line = lines.find(({ extract }) => extract === name);
      const agrees = line?.outcome === real.outcome && (said[real.reason] ?? /./).test(line.why);
      if (!agrees) wrong.push({ kind, extractId, real, line });
      outcomes.add(`${real.outcome} ${real.reason}`.trim());
    }
  }
  return { wrong, outcomes };
}

test('before the objections of the past are taken in, only direct care leaves, and the page says why', async () => {
  const { wrong, outcomes } = await compare();
  expect(wrong).toEqual([]);
  expect(outcomes).toContain('Nothing leaves objections-not-taken-in');
  expect(outcomes).toContain('Permitted');
});

test('for every kind of patient and every extract, the page says what a real release does', async () => {
  const practiceId = desk.practice.practice.id;
  await desk.services.objections.takeIn({ practiceId, how: 'none-before' }, by);
  const { wrong, outcomes } = await compare();
  expect(wrong).toEqual([]);
  expect([...outcomes].sort()).toEqual([
    'Nothing leaves aggregate-not-released',
    'Nothing leaves extract-awaiting-approval',
    'Nothing leaves ground-not-ready',
    'Nothing leaves out-of-dates',
    'Permitted',
    'Withheld ambiguous',
    'Withheld left-practice',
    'Withheld no-consent',
    'Withheld not-told',
    'Withheld objected-type-1',
    'Withheld objected-type-2',
    'Withheld restricted',
  ]);
});

test('direct care says in words that objections are not applied', async () => {
  const lines = await linesOf(patients['type 1'] ?? '');
  expect(lines.find(({ extract }) => extract === 'Recall list')).toEqual({
    extract: 'Recall list',
    outcome: 'Permitted',
    why: 'It is for the patients’ own care: objections are not applied to this list.',
  });
});

test('where only those leave who consented, that is what is said of whoever leaves', async () => {
  const lines = await linesOf(patients.consented ?? '');
  expect(lines.find(({ extract }) => extract === 'by-consent')).toMatchObject({
    outcome: 'Permitted',
    why: 'Only patients who consented to it leave, and this patient’s consent is in force.',
  });
});

test('an objection of somebody with the same number is not said to be the patient’s own', async () => {
  const lines = await linesOf(patients['shares that'] ?? '');
  const planning = lines.find(({ extract }) => extract === 'Planning of services, minimum data');
  expect(planning?.why).toContain('on another record of this person or of this NHS number');
});

test('looking is written down, and nothing counts as having left', async () => {
  const { services, practice } = desk;
  const practiceId = practice.practice.id;
  const patientId = await desk.another('2001-05-06');
  const before = await services.database.reader.release.count({ where: { practiceId: desk.practiceId } });
  const { text } = await agent.get(`/patients/${patientId}/extracts`);
  expect(textOf(text, 'main')).toContain('Nothing left.');
  expect(await services.database.reader.release.count({ where: { practiceId: desk.practiceId } })).toBe(
    before,
  );
  const looks = await services.patients.looks(practiceId, patientId, { skip: 0, take: 9 });
  expect(looks).toMatchObject([{ what: 'extracts', staffId: practice.manager.id }]);
});

test.each([
  ['told', 'Permitted', /consent is in force. The patient was told of it long enough ago/],
  ['told lately', 'Withheld', /told on 1 November 2026: from 29 November 2026 on this does not hold/],
  ['not told', 'Withheld', /was not told, or what was sent came back/],
])('where patients have to be told first, of one who was %s', async (kind, outcome, why) => {
  const lines = await linesOf(patients[kind] ?? '');
  const line = { outcome, why: expect.stringMatching(why) };
  expect(lines.find(({ extract }) => extract === 'told-first')).toMatchObject(line);
});
