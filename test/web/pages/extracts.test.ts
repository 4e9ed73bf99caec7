import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays, londonDay } from '../../../src/day.ts';
import { anApprovedExtract, anExtract } from '../../support/extracts.ts';
import { aPatient } from '../../support/factories.ts';
import { type Agent, logInAs } from '../../support/log-in.ts';
import { textOf } from '../../support/page.ts';
import { addStaffedPractice, type StaffedPractice } from '../../support/people.ts';
import { openRegistry, type Registry } from '../../support/registry.ts';
import { aPublishedNotice, keepTellings } from '../../support/tellings.ts';

let registry: Registry;
let address: string;
let surgery: StaffedPractice;
let manager: Agent;
let guardian: Agent;
let made = 0;
let extractId: string;
const ada = aPatient(1);
const dates = { agreementStartsOn: '2026-01-01', agreementEndsOn: '2099-12-31', destroyBy: '2099-12-31' };

beforeAll(async () => {
  registry = await openRegistry();
  address = await registry.listen();
  surgery = await addStaffedPractice(registry.services);
  manager = await logInAs(address, surgery.manager);
  guardian = await logInAs(address, surgery.guardian);
  const by = { kind: 'staff', id: surgery.manager.id } as const;
  const [patient] = await registry.services.patients.add(surgery.practice.id, [ada], by);
  const told = { types: ['type-1'], requester: 'patient', receivedVia: 'phone' } as const;
  await registry.services.objections.record(
    { practiceId: surgery.practice.id, patientId: patient?.id ?? '', ...told, receivedOn: '2026-01-05' },
    by,
  );
});

afterAll(() => registry.close());

beforeEach(() => {
  made += 1;
  extractId = `extract-${made}`;
});

const versions = () => registry.services.extracts.versionsOf(surgery.practice.id, extractId);
const page = (rest = '') => `/extracts/${extractId}/versions/1${rest}`;
const problems = (text: string) => textOf(text, '.nhsuk-error-summary');
const awaiting = (different = {}) =>
  anExtract(registry.services, surgery.practice.id, { extractId, ...dates, ...different });
const approved = (different = {}) =>
  anApprovedExtract(registry.services, surgery.practice.id, { extractId, ...dates, ...different });

const filled = {
  name: 'Audit',
  recipient: 'Partnership',
  purpose: 'To compare',
  ground: 'payment',
  'startsOn-day': '1',
  'startsOn-month': '2',
  'startsOn-year': '2026',
  'endsOn-day': '1',
  'endsOn-month': '2',
  'endsOn-year': '2027',
};

describe('registering', () => {
  test('every fault is said at once, and everything typed is kept', async () => {
    const answer = await manager.submit('/extracts/new', {
      recipient: 'An institute',
      recipientOds: 'much too long for one',
      'startsOn-day': '31',
      'startsOn-month': '2',
      'startsOn-year': '2026',
      usualNumber: 'few',
    });
    expect(answer.status).toBe(400);
    for (const fault of [
      'Enter a short name',
      'Enter a name for the extract',
      'Enter the purpose in plain words',
      'ODS code must be 10 characters or fewer',
      'Select the ground',
      'First day must be a real date',
      'Enter the last day',
      'Distance from the usual number must be a number',
    ])
      expect(problems(answer.text)).toContain(fault);
    for (const typed of ['An institute', 'much too long for one', 'few'])
      expect(answer.text).toContain(`value="${typed}"`);
  });

  test('a short name that is none, or taken, is said at its field', async () => {
    await awaiting();
    for (const [id, words] of [
      ['Diabetes Audit', 'Enter a short name'],
      ['preview', 'Enter a short name'],
      [extractId, 'There is an extract of this short name already'],
    ] as const) {
      const answer = await manager.submit('/extracts/new', { ...filled, extractId: id });
      expect([answer.status, problems(answer.text)]).toEqual([400, expect.stringContaining(words)]);
      expect(answer.text).toContain('value="Partnership"');
    }
    const late = { ...filled, extractId: 'late', 'endsOn-year': '2025' };
    expect(problems((await manager.submit('/extracts/new', late)).text)).toContain(
      'The last day must not be before the first day',
    );
  });

  test('a draft is saved, its columns come from a sample, and nothing of the sample is kept but names', async () => {
    const saved = await manager.submit('/extracts/new', { ...filled, extractId });
    expect([saved.status, saved.headers.location]).toEqual([303, page('/fields')]);
    const sample = { filename: 's.csv', content: '﻿nhs_number,"event date",note\n1,secret value,x\n' };
    const action = `/extracts/columns?extract=${extractId}&version=1`;
    const shown = await manager.submit(page('/fields'), { sample }, { form: action });
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('value="event date"');
    expect(shown.text).not.toContain('secret value');
    const fields = {
      treatment0: 'pseudonym',
      treatment1: 'month',
      place1: '1',
      place0: '2',
      groupReasonA: 'To count',
      person0: 'nhs-number',
    };
    const empty = await manager.submitPage(
      shown,
      page('/fields'),
      { treatment1: 'month' },
      { form: page('/fields') },
    );
    expect([empty.status, problems(empty.text)]).toEqual([
      400,
      'There is a problem Enter why the fields of group A are needed',
    ]);
    const done = await manager.submitPage(shown, page('/fields'), fields, { form: page('/fields') });
    expect([done.status, done.headers.location]).toEqual([303, page()]);
    const [draft] = await versions();
    expect(draft).toMatchObject({
      state: 'draft',
      fields: [
        { name: 'event date', treatment: 'month' },
        { name: 'nhs_number', treatment: 'pseudonym' },
      ],
      personColumns: [{ name: 'nhs_number', kind: 'nhs-number' }],
      nhsNumberColumn: 'nhs_number',
      fieldGroups: [{ name: 'Group A', fields: ['nhs_number', 'event date'], reason: 'To count' }],
      fhir: null,
    });
  });

  test('what somebody else saved meanwhile is not written over unseen', async () => {
    await awaiting({ state: 'draft' });
    for (const [path, field] of [
      [page('/edit'), { purpose: 'Mine' }],
      [page('/fields'), { groupReasonA: 'Mine' }],
    ] as const) {
      const before = await manager.get(path);
      await manager.submit(page('/edit'), { purpose: `Theirs ${path}` });
      const late = await manager.submitPage(
        before,
        path,
        field,
        path === page('/fields') ? { form: path } : {},
      );
      expect([late.status, problems(late.text)]).toEqual([
        400,
        expect.stringContaining('Somebody else changed'),
      ]);
      expect(late.text).toContain('Mine');
      expect((await versions())[0]?.purpose).toBe(`Theirs ${path}`);
    }
  });

  test('a FHIR extract names its types; a file that is no table is refused', async () => {
    await awaiting({ state: 'draft', fields: [] });
    const action = `/extracts/columns?extract=${extractId}&version=1`;
    const none = await manager.submit(page('/fields'), {}, { form: action });
    expect(problems(none.text)).toContain('Select a sample file, or enter names of columns');
    const broken = { filename: 's.csv', content: '"a,b\n' };
    const refused = await manager.submit(page('/fields'), { sample: broken }, { form: action });
    expect([refused.status, problems(refused.text)]).toEqual([
      400,
      expect.stringContaining('no header line of column names'),
    ]);
    const types = { fhirTypes: 'Condition\nOrganization', fhirNarrative: ['yes'] };
    await manager.submit(page('/fields'), types, { form: page('/fields') });
    expect((await versions())[0]?.fhir).toEqual({ types: ['Condition', 'Organization'], narrative: true });
  });
});

describe('approving', () => {
  test('direct care says in words that objections are not applied, and asks for the confirmation', async () => {
    await awaiting({ ground: 'direct-care' });
    const form = { form: page('/approval') };
    const answer = await guardian.submit(page(), {}, form);
    expect([answer.status, problems(answer.text)]).toEqual([
      400,
      'There is a problem Confirm that the recipient treats or contacts the people listed',
    ]);
    expect(textOf(answer.text, 'main')).toContain('Objections are not applied to this list');
    const done = await guardian.submit(page(), { confirmsCare: ['yes'] }, form);
    expect([done.status, (await versions())[0]?.state]).toEqual([303, 'approved']);
  });

  test('what the ground needs is listed, and approval is refused without it', async () => {
    await awaiting({ ground: 'section-251', groundExpiresOn: null, groundWords: null });
    const { text } = await guardian.get(page());
    expect(textOf(text, '.nhsuk-inset-text')).toContain('Enter where the approval letter is kept');
    const answer = await guardian.submit(page(), {}, { form: page('/approval') });
    expect([answer.status, problems(answer.text)]).toEqual([
      400,
      expect.stringContaining('Something is missing'),
    ]);
    expect((await versions())[0]?.state).toBe('awaiting-approval');
  });

  test('free text that nobody explained is pointed out', async () => {
    await awaiting({ freeText: null });
    expect(textOf((await guardian.get(page())).text, 'main')).toContain('Free text can name anybody.');
  });

  test('the page of somebody who worked on it says why they cannot', async () => {
    await awaiting();
    const name = { practiceId: surgery.practice.id, extractId, version: 1 };
    const asGuardian = { kind: 'staff', id: surgery.guardian.id } as const;
    await registry.services.extracts.edit({ ...name, content: { purpose: 'Another' } }, asGuardian);
    await registry.services.extracts.edit(
      { ...name, content: { recipientIsCompany: false, gdprBasis: 'x' } },
      asGuardian,
    );
    await registry.services.extracts.send(name, asGuardian);
    const answer = await guardian.submit(page(), {}, { form: page('/approval') });
    expect([answer.status, problems(answer.text)]).toEqual([
      403,
      expect.stringContaining('somebody else has to approve it'),
    ]);
  });
});

describe('afterwards', () => {
  test('suspended, resumed and ended on the page; the certificate of destruction is noted', async () => {
    await approved();
    const none = await manager.submit(page(), {}, { form: page('/suspension') });
    expect([none.status, problems(none.text)]).toEqual([
      400,
      expect.stringContaining('Enter why it is suspended'),
    ]);
    await manager.submit(page(), { whySuspended: 'A doubt' }, { form: page('/suspension') });
    expect(textOf((await manager.get(page())).text, 'main')).toContain('A doubt');
    const monitor = await logInAs(address, surgery.monitor);
    const seen = textOf((await monitor.get(page())).text, 'main');
    expect(seen).toContain('Suspended');
    expect(seen).not.toContain('A doubt');
    await guardian.submit(page(), {}, { form: page('/resumption') });
    expect((await versions())[0]?.state).toBe('approved');
    await manager.submit(page(), {}, { form: page('/end') });
    expect((await versions())[0]?.state).toBe('ended');
    const certificate = {
      certificate: 'C 1',
      'destroyedOn-day': '1',
      'destroyedOn-month': '2',
      'destroyedOn-year': '2999',
    };
    const early = await manager.submit(page(), certificate, { form: page('/certificate') });
    expect(problems(early.text)).toContain('The day must be today or earlier');
    await manager.submit(
      page(),
      { ...certificate, 'destroyedOn-year': '2025' },
      { form: page('/certificate') },
    );
    expect((await versions())[0]).toMatchObject({ destroyedOn: '2025-02-01', certificateReference: 'C 1' });
  });

  test('somebody else was there before: 409, and the page as it is now', async () => {
    await approved();
    const before = await manager.get(page());
    await manager.submit(page(), {}, { form: page('/end') });
    const late = await manager.submitPage(
      before,
      page(),
      { whySuspended: 'x' },
      { form: page('/suspension') },
    );
    expect([late.status, problems(late.text)]).toEqual([
      409,
      expect.stringContaining('not approved any more'),
    ]);
  });

  test('a definition saved as a file is registered by another practice, as a draft of its own', async () => {
    await approved({ stricter: ['type-2'], contact: 'The desk' });
    const file = await manager.get(page('/definition.json'));
    expect(file.headers['content-disposition']).toContain('attachment');
    const there = await addStaffedPractice(registry.services, `B${made}2345`);
    const other = await logInAs(address, there.manager);
    const sample = { filename: 'd.json', content: file.text };
    const done = await other.submit('/extracts/import', { sample });
    expect([done.status, done.headers.location]).toEqual([303, page()]);
    const [theirs] = await registry.services.extracts.versionsOf(there.practice.id, extractId);
    const [ours] = await versions();
    const { name, fields, stops, stricter, contact } = ours ?? {};
    expect(theirs).toMatchObject({ state: 'draft', approvedBy: null, registeredBy: there.manager.id });
    expect(theirs).toMatchObject({ name, fields, stops, stricter, contact });
    const again = await other.submit('/extracts/import', { sample });
    expect([again.status, problems(again.text)]).toEqual([
      400,
      expect.stringContaining('of this short name already'),
    ]);
    expect((await other.submit('/extracts/import', { sample, extractId: `${extractId}-2` })).status).toBe(
      303,
    );
  });

  test.each([
    ['no JSON', 'must be a definition of an extract (JSON)'],
    ['{}', 'format: must be'],
    ['{"format":"opt-out-registry extract 1","id":"x","approvedBy":"me"}', 'Unrecognized key'],
    [
      '{"format":"opt-out-registry extract 1","id":"x","fields":[{"name":"a","treatment":"all"}]}',
      'fields.0.treatment',
    ],
  ])('a file that is no definition is refused, with every fault of it: %s', async (content, fault) => {
    const answer = await manager.submit('/extracts/import', { sample: { filename: 'd.json', content } });
    expect(answer.status).toBe(400);
    expect(textOf(answer.text, '.nhsuk-inset-text')).toContain(fault);
  });

  test('a sample is tried: what would leave is shown, nothing counts as having left, and the look is written down', async () => {
    await approved({ fields: [{ name: 'code', treatment: 'keep' }] });
    const path = `/extracts/preview?extract=${extractId}&version=1`;
    const sample = { filename: 's.csv', content: `nhs_number,code\n${ada.nhsNumber},C10\n9990000999,C11\n` };
    const { reader } = registry.services.database;
    const before = await reader.accessLog.count();
    const { status, text } = await guardian.submit(path, { sample });
    expect(status).toBe(200);
    expect(textOf(text, 'main')).toMatch(/Rows that would be withheld 2/);
    expect(textOf(text, 'main')).toContain('Nothing: Objected (type 1)');
    expect(await reader.release.count()).toBe(0);
    expect(await reader.accessLog.count()).toBe(before + 1);
    const large = { filename: 's.csv', content: Buffer.alloc(5_000_001, 'a') };
    const refused = await guardian.submit(path, { sample: large });
    expect([refused.status, problems(refused.text)]).toEqual([
      400,
      expect.stringContaining('smaller than 5 MB'),
    ]);
    expect(problems((await guardian.submit(path)).text)).toContain('Select a sample file');
  });
});

describe('telling patients first', () => {
  const study = { ground: 'explicit-consent', toldDays: 28 };

  test('days that are none are said at their field, and nothing typed is lost', async () => {
    for (const toldDays of ['0', '366', '28.5', 'a month']) {
      const answer = await manager.submit('/extracts/new', { ...filled, extractId, toldDays });
      expect([answer.status, problems(answer.text)]).toEqual([
        400,
        expect.stringContaining(
          'Days since patients were told must be a whole number from 1 to 365, or empty',
        ),
      ]);
      expect(answer.text).toContain(`value="${toldDays}"`);
    }
    await manager.submit('/extracts/new', { ...filled, extractId, toldDays: '28' });
    expect((await versions())[0]?.toldDays).toBe(28);
    expect(textOf((await manager.get(page())).text, 'main')).toContain('Told of it at least 28 days before');
    await manager.submit(page('/edit'), { toldDays: '' });
    expect((await versions())[0]?.toldDays).toBeNull();
  });

  test('a change of the days of what was approved is a new version', async () => {
    await approved(study);
    const saved = await manager.submit(page('/edit'), { toldDays: '14' });
    expect(saved.headers.location).toBe(`/extracts/${extractId}/versions/2`);
    expect((await versions()).map(({ state, toldDays }) => [state, toldDays])).toEqual([
      ['draft', 14],
      ['approved', 28],
    ]);
  });

  test('whoever approves it sees which notice covers it, who was told, and what that withholds today', async () => {
    await awaiting(study);
    const main = async (agent: Agent) => textOf((await agent.get(page())).text, 'main');
    expect(await main(guardian)).toContain('everybody is withheld');
    const practiceId = surgery.practice.id;
    const { services } = registry;
    const covers = [{ extractId, version: 1 }];
    const { noticeId } = await aPublishedNotice(services, practiceId, covers);
    expect(await main(guardian)).toContain('Nobody was told by the notice that covers this version');
    const [patient] = await services.database.reader.patient.findMany({ where: { practiceId } });
    const at = addDays(londonDay(new Date()), -30);
    await keepTellings(services, practiceId, [{ patientId: patient?.id ?? '', noticeId, on: at }]);
    const shown = await main(guardian);
    expect(shown).toContain('Your data, version 1');
    expect(shown).toContain('1 of 1 registered and alive (100%)');
    // The page of coverage counts the same whole: who died, and is still on the list, is in neither.
    const dead = { ...aPatient(77), dateOfDeath: '2026-01-01' };
    await services.patients.add(practiceId, [dead], { kind: 'staff', id: 'test' });
    expect(await main(guardian)).toContain('1 of 1 registered and alive (100%)');
    expect(textOf((await manager.get(`/coverage?notice=${noticeId}.1`)).text, 'main')).toContain(
      '1 of 1 patients were told',
    );
    expect(shown).not.toContain('everybody is withheld');
    const done = await guardian.submit(page(), {}, { form: page('/approval') });
    expect(done.status).toBe(303);
  });

  test('where the ground leaves no choice it only warns', async () => {
    await awaiting({ ...study, ground: 'legal-obligation' });
    await aPublishedNotice(registry.services, surgery.practice.id, [{ extractId, version: 1 }]);
    const shown = textOf((await guardian.get(page())).text, 'main');
    expect(shown).toMatch(
      /1 registered patient was not told at least 28 days ago. Their data leaves all the same/,
    );
    expect(shown).toContain('Nobody: on this ground it only warns');
  });
});
