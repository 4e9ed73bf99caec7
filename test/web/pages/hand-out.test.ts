import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anApprovedExtract, anExtract } from '../../support/extracts.ts';
import { somePatients } from '../../support/factories.ts';
import { type Agent, logInAs } from '../../support/log-in.ts';
import { textOf } from '../../support/page.ts';
import { addStaffedPractice, type StaffedPractice } from '../../support/people.ts';
import { openRegistry, type Registry } from '../../support/registry.ts';

let registry: Registry;
let surgery: StaffedPractice;
let manager: Agent;
let monitor: Agent;
let receptionist: Agent;

beforeAll(async () => {
  registry = await openRegistry();
  const address = await registry.listen();
  const { services } = registry;
  surgery = await addStaffedPractice(services);
  manager = await logInAs(address, surgery.manager);
  monitor = await logInAs(address, surgery.monitor);
  receptionist = await logInAs(address, surgery.receptionist);
  const practiceId = surgery.practice.id;
  const by = { kind: 'staff', id: surgery.manager.id } as const;
  const people = somePatients(23);
  const [objector] = await services.patients.add(practiceId, people, by);
  await services.objections.takeIn({ practiceId, how: 'none-before' }, by);
  const told = { types: ['type-1'], requester: 'patient', receivedVia: 'phone' } as const;
  await services.objections.record(
    { practiceId, patientId: objector?.id ?? '', ...told, receivedOn: '2026-01-05' },
    by,
  );
  const said = { contact: 'Dr Secret', purpose: '=1+1', destroyBy: '2030-05-06', name: 'Research' };
  await anApprovedExtract(services, practiceId, { extractId: 'research', ...said });
  await anExtract(services, practiceId, { extractId: 'draft-only', name: 'Nobody approved this' });
  // A draft behind the approved version is not what counts.
  const edit = { practiceId, extractId: 'research', version: 1, content: { recipient: 'Draft recipient' } };
  await services.extracts.edit(edit, by);
  const flow = { practiceId, name: 'GPES', recipient: 'NHS England', purpose: 'Planning', evidence: '' };
  await services.otherFlows.register({ ...flow, appliedBy: 'The supplier', evidencedOn: null }, by);
  const expiresAt = new Date(services.now().getTime() + 1_000_000);
  const key = await services.keys.make({ practiceId, name: 'Job', extracts: ['research'], expiresAt }, by);
  if (!key.ok) throw new Error(key.reason);
  const job = { keyId: key.id, practiceId, extracts: ['research'] };
  const numbers = people.map(({ nhsNumber }) => nhsNumber);
  const checked = await services.guard.check(job, 'research', numbers, 'text/plain');
  if (!checked.ok) throw new Error(checked.reason);
});

afterAll(() => registry.close());

const rowsOf = async (name: string): Promise<Record<string, string>[]> =>
  parse((await manager.get(`/hand-out/${name}.csv`)).text, { bom: true, columns: true });

test('the register has what was approved and what does not go through the guard, and nobody’s name', async () => {
  const rows = await rowsOf('register');
  expect(rows.map((row) => [row['Through this guard'], row.Name, row.Recipient, row.State])).toEqual([
    ['yes', 'Research', 'NHS England', 'approved'],
    ['no', 'GPES', 'NHS England', 'running'],
  ]);
  expect(rows[0]).toMatchObject({ Version: '1', 'Data destroyed by': '2030-05-06', Purpose: "'=1+1" });
  expect(rows[1]).toMatchObject({ 'Who applies objections': 'The supplier', 'Last evidenced': 'never' });
  const { text } = await manager.get('/hand-out/register.json');
  const json = JSON.parse(text);
  expect(json).toMatchObject({
    practice: { ods: 'A12345' },
    extracts: [{ id: 'research', version: 1, state: 'approved', recipient: 'NHS England' }],
    notThroughThisGuard: [{ name: 'GPES', evidencedOn: null }],
  });
  for (const secret of ['Dr Secret', surgery.manager.id, 'Draft recipient', 'Nobody approved this'])
    expect(text).not.toContain(secret);
});

test('an exemption in force is in the register, one that only waits is not', async () => {
  const { services } = registry;
  const practiceId = surgery.practice.id;
  const by = { kind: 'staff', id: surgery.manager.id } as const;
  const said = { practiceId, extractId: 'research', version: 1, type: 'type-2', lawRequires: false } as const;
  const words = { reason: 'So it is directed', reference: 'Direction 7' };
  const endsOn = services.now().toISOString().slice(0, 10);
  const asked = await services.exemptions.ask({ ...said, ...words, endsOn }, by);
  const column = 'Objections left out by exemption';
  expect((await rowsOf('register'))[0]?.[column]).toBe('');
  const id = asked.ok ? asked.id : '';
  const guardian = { kind: 'staff', id: surgery.guardian.id } as const;
  await services.exemptions.decide({ practiceId, id, decision: 'approve' }, guardian);
  expect((await rowsOf('register')).map((row) => row[column])).toEqual([
    `type-2 until ${endsOn} (Direction 7): So it is directed`,
    '',
  ]);
  const { text } = await manager.get('/hand-out/register.json');
  expect(JSON.parse(text).extracts[0].exemptions).toEqual([{ type: 'type-2', endsOn, ...words }]);
  const version = await monitor.get('/extracts/research/versions/1');
  expect(textOf(version.text, 'main')).toMatch(
    /Type 2 objections Not applied until .*: an exemption is in force \(Direction 7\)/,
  );
  await services.exemptions.end({ practiceId, id }, by);
  expect(textOf((await monitor.get('/extracts/research/versions/1')).text, 'main')).toContain(
    'Type 2 objections Applied',
  );
});

test('the record of processing has the columns of article 30, and leaves what only the practice knows empty', async () => {
  const [first, second] = await rowsOf('record-of-processing');
  expect(first).toMatchObject({
    Controller: 'Surgery A12345 (A12345)',
    Processing: 'Research, version 1 (approved)',
    'Categories of people': 'Patients of the practice',
    'Categories of data': expect.stringContaining('event_date'),
    Recipients: 'NHS England',
    'UK GDPR basis': 'Article 6(1)(c) and 9(2)(h)',
    'Erased by': '2030-05-06',
    'Transfers outside the UK': '',
    'Data protection officer': '',
  });
  expect(second?.Processing).toBe('GPES (not through this guard)');
});

test('the releases have no exact count, and nothing of who was withheld', async () => {
  const [release] = await rowsOf('releases');
  expect(release).toMatchObject({ Extract: 'research', Kind: 'check', Status: 'complete' });
  expect(release?.['Rows that left, to the nearest 10']).toBe('20');
  const { text } = await manager.get('/hand-out/releases.json');
  expect(JSON.parse(text).releases).toHaveLength(1);
  expect(text).not.toMatch(/withheld|reason|digest|\b(22|23)\b/);
});

test('a monitor may have them, a receptionist not', async () => {
  for (const file of ['', '/register.csv', '/register.json', '/record-of-processing.csv', '/releases.csv'])
    expect([
      (await monitor.get(`/hand-out${file}`)).status,
      (await receptionist.get(`/hand-out${file}`)).status,
    ]).toEqual([200, 403]);
});

test('a flow is registered, changed and ended on its pages; every fault is said at once', async () => {
  const none = await manager.submit('/other-flows/new', { name: 'OpenSAFELY', 'evidencedOn-day': '40' });
  expect(none.status).toBe(400);
  expect(textOf(none.text, '.nhsuk-error-summary')).toBe(
    'There is a problem Enter who gets the data Enter the purpose in plain words Enter who applies objections there, and how, or “Nobody” Day on which it was evidenced must include a month and year',
  );
  expect(none.text).toContain('value="OpenSAFELY"');
  const filled = {
    name: 'OpenSAFELY',
    recipient: 'NHS England',
    purpose: 'Research',
    appliedBy: 'The supplier',
  };
  const day = { 'evidencedOn-day': '1', 'evidencedOn-month': '2', 'evidencedOn-year': '2026' };
  const unproven = await manager.submit('/other-flows/new', { ...filled, ...day });
  expect(textOf(unproven.text, '.nhsuk-error-summary')).toContain('Enter what evidenced it');
  expect((await manager.submit('/other-flows/new', { ...filled, ...day, evidence: 'A test' })).status).toBe(
    303,
  );
  const { otherFlows } = registry.services;
  const find = async () =>
    (await otherFlows.list(surgery.practice.id)).find(({ name }) => name === 'OpenSAFELY');
  const { id } = (await find()) ?? { id: '' };
  await manager.submit(`/other-flows/${id}`, { evidence: 'Another test' });
  expect(await find()).toMatchObject({
    id,
    evidence: 'Another test',
    evidencedOn: '2026-02-01',
    endedAt: null,
  });
  await manager.submit(`/other-flows/${id}`, {}, { form: `/other-flows/${id}/end` });
  expect((await find())?.endedAt).not.toBeNull();
  const { text } = await monitor.get('/other-flows');
  expect(textOf(text, 'main')).toMatch(/OpenSAFELY\s*Ended .*Another test/);
  const rows = await registry.services.database.reader.ledgerText.findMany({ orderBy: { index: 'asc' } });
  const acts = rows.map(({ text: entry }) => JSON.parse(entry)).filter(({ data }) => data.flow === id);
  expect(acts.map(({ act }) => act)).toEqual([
    'other-flow-registered',
    'other-flow-changed',
    'other-flow-ended',
  ]);
});

test('what has to be done about agreements waits on the manager’s lists, what has to be approved on the guardian’s', async () => {
  const lines = await registry.services.work.overview(surgery.practice.id);
  const counts = Object.fromEntries(lines.map(({ list, count }) => [list.name, count]));
  expect(counts).toMatchObject({
    'agreements-ending': 0,
    'destruction-due': 0,
    'certificates-awaited': 0,
    'extracts-to-approve': 1,
  });
  await anApprovedExtract(registry.services, surgery.practice.id, {
    extractId: 'over',
    agreementEndsOn: '2026-01-01',
    destroyBy: '2026-01-02',
  });
  const after = await registry.services.work.overview(surgery.practice.id);
  expect(
    after.filter(({ count, lateness }) => count > 0 && lateness === 'breach').map(({ list }) => list.name),
  ).toEqual(expect.arrayContaining(['agreements-ending', 'certificates-awaited']));
  expect(textOf((await manager.get('/agreements')).text, 'main')).toMatch(
    /Agreements that end .* 1 January 2026 .* Certificates of destruction awaited .* 2 January 2026/,
  );
});
