import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { londonDay } from '../../src/day.ts';
import { DEMO_PASSWORD, exampleSurgery } from '../../src/demo/demo-practices.ts';
import { makeDemo } from '../../src/demo/make-demo.ts';
import type { Services } from '../../src/services.ts';
import { paths } from '../../src/web/paths.ts';
import { openBrowser } from '../support/browser.ts';
import { anApprovedExtract } from '../support/extracts.ts';
import { openRegistry, type Registry } from '../support/registry.ts';
import { logInOnPage } from './log-in-page.ts';
import { complaintsOf, faultsOf } from './look.ts';

const clock = { now: new Date() };
let registry: Registry;
let browser: Browser;
let address: string;
let patientIds: string[];
/** The page on which a draft of a notice is written: the versions that patients were told come first on pages. */
let draftNotice: string;

beforeAll(async () => {
  registry = await openRegistry({ DEMO: 'true' }, { now: () => clock.now });
  await makeDemo(registry.services, clock);
  address = await registry.listen();
  browser = await openBrowser();
  patientIds = await patientsToLookAt(registry.services);
  const draft = await registry.services.database.reader.noticeVersion.findFirst({
    where: { state: 'draft' },
  });
  draftNotice = paths.editNotice(draft?.noticeId ?? 'no draft', draft?.version ?? 0);
  await importWithdrawals(registry.services);
  await beginPile(registry.services);
  await askForStranger(registry.services);
  await askForConsents(registry.services);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await registry?.close();
});

/** One patient of each kind that a patient's page shows differently. */
async function patientsToLookAt({ database }: Services): Promise<string[]> {
  const { reader } = database;
  const kinds = [
    { needsSettling: true },
    { needsDecision: true },
    { errorsToConfirm: { gt: 0 } },
    { tellNational: true, status: 'in-force' },
    { undated: true },
    { status: 'withdrawn' },
    { status: 'in-error' },
  ];
  const found = await Promise.all(kinds.map((where) => reader.objection.findFirst({ where })));
  const nobody = await reader.patient.findFirst({ where: { status: 'left' } });
  return [...found.map((row) => row?.patientId), nobody?.id].map((id) => id ?? 'none of this kind');
}

/** Makes withdrawals wait for the manager, as an imported file does. */
async function importWithdrawals({ database, objections }: Services): Promise<void> {
  const { reader } = database;
  const practice = await reader.practice.findFirst({ where: { ods: exampleSurgery.ods } });
  const practiceId = practice?.id ?? '';
  const where = { practiceId, type: 'type-1', status: 'in-force' };
  const found = await reader.objection.findMany({ where, take: 3 });
  const people = await reader.patient.findMany({ where: { id: { in: found.map((one) => one.patientId) } } });
  const lines = people.map(({ nhsNumber }) => `${nhsNumber},1,withdraw,2026-01-01`);
  const bytes = Buffer.from(['nhs_number,type,act,received_on', ...lines].join('\n'));
  await objections.import(
    {
      practiceId,
      madeUp: true,
      fileName: 'withdrawals.csv',
      bytes,
      confirmWithdrawals: false,
    },
    { kind: 'command-line', id: 'objections import' },
  );
}

/** Begins a pile of which one form is keyed, as somebody does who is called away. */
async function beginPile({ database, piles }: Services): Promise<void> {
  const practice = await database.reader.practice.findFirst({ where: { ods: exampleSurgery.ods } });
  const practiceId = practice?.id ?? '';
  const patient = await database.reader.patient.findFirst({ where: { practiceId, status: 'registered' } });
  const by = { kind: 'command-line', id: 'test' } as const;
  const [pileId, requestId] = [randomUUID(), randomUUID()];
  const told = { receivedVia: 'type-1-form', receivedOn: '2026-01-05' } as const;
  await piles.open({ practiceId, id: pileId, arrived: 14, ...told }, by);
  const who = { practiceId, patientId: patient?.id ?? '', requester: 'patient', requestId } as const;
  await piles.record(
    { practiceId, request: { ...who, ...told, types: ['type-1'] }, pileId, sheet: 'next' },
    by,
  );
}

/** Somebody who is not on the list, for whom an attorney asks: to be matched, and with an authority to look at. */
async function askForStranger({ database, patients, objections }: Services): Promise<void> {
  const practice = await database.reader.practice.findFirst({ where: { ods: exampleSurgery.ods } });
  const practiceId = practice?.id ?? '';
  const by = { kind: 'command-line', id: 'test' } as const;
  const said = {
    givenName: 'Zoe',
    familyName: 'Nowhere',
    dateOfBirth: '1950-05-06',
    address: '1 High Street',
  };
  const person = { practiceId, id: randomUUID(), ...said, postcode: '', nhsNumber: '' };
  await patients.recordPerson(person, by);
  const told = { receivedVia: 'letter', receivedOn: '2026-01-05', types: ['type-1'] } as const;
  const asks = { requester: 'attorney-health', requesterName: 'Max Nowhere' } as const;
  const done = await objections.record({ practiceId, patientId: person.id, ...told, ...asks }, by);
  expect(done.ok).toBe(true);
}

/** An extract that asks for consent, an exemption that waits, and a release that stopped. */
async function askForConsents(services: Services) {
  const { database, consents, exemptions, guard, keys, now } = services;
  const practice = await database.reader.practice.findFirst({ where: { ods: exampleSurgery.ods } });
  const practiceId = practice?.id ?? '';
  const by = { kind: 'command-line', id: 'test' } as const;
  const stops = { usualNumber: null, listAgeDays: 14, maxUnreadable: null };
  const study = { extractId: 'study', ground: 'explicit-consent', reference: 'Form 3' };
  await anApprovedExtract(services, practiceId, { ...study, name: 'A study', stops });
  const patient = await database.reader.patient.findFirst({ where: { practiceId, status: 'registered' } });
  const given = { practiceId, extractId: 'study', patientId: patient?.id ?? '' };
  await consents.record({ ...given, on: '2026-01-05', how: 'paper-form', reference: 'Form 7' }, by);
  const asked = { extractId: 'research-events', version: 1, type: 'type-2', lawRequires: false } as const;
  const why = { reason: 'The direction says so', reference: 'Direction 7', endsOn: londonDay(now()) };
  expect(await exemptions.ask({ practiceId, ...asked, ...why }, by)).toMatchObject({ ok: true });
  await database.write((tx) => tx.practice.updateMany({ data: { listTakenInAt: new Date(0) } }));
  const expiresAt = new Date(now().getTime() + 86_400_000);
  const key = await keys.make({ practiceId, name: 'Study', extracts: ['study'], expiresAt }, by);
  const job = { keyId: key.ok ? key.id : '', practiceId, extracts: ['study'] };
  expect(await guard.admit(job, 'study')).toEqual({ ok: false, reason: 'source-stale' });
}

/** An address with its ids and the values of its query left out: pages of one kind are looked at once. */
const kindOf = ({ pathname, searchParams }: URL): string =>
  `${withoutIds(pathname)}?${[...searchParams.keys()].sort()}`;

/** Extracts have short names and versions numbers, practices and receipts codes; everything else has a random id. */
const withoutIds = (pathname: string): string =>
  pathname
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')
    .replace(/^\/extracts\/(?!(new|import|columns|preview)$)[a-z0-9-]+/, '/extracts/:id')
    .replace(/\/versions\/\d+/, '/versions/:id')
    .replace(/(?<=^\/(log|register|receipts|privacy)\/)[0-9A-Z]+/, ':id');

/** Sends each form of a page as it was served, nothing filled in, and looks at what comes back. */
async function faultsOfEmptyForms(page: Page): Promise<unknown[]> {
  const faults: unknown[] = [];
  const here = page.url();
  const forms = 'main form[method=post]:has(input:not([type=hidden]), select, textarea)';
  for (let i = 0; i < (await page.locator(forms).count()); i++) {
    // A form may wait behind words to click on.
    await page.locator('main details').evaluateAll((all) => all.map((one) => one.setAttribute('open', '')));
    await page.locator(forms).nth(i).locator('button:not([type=button])').last().click();
    await page.waitForLoadState();
    faults.push(...(await faultsOf(page)).map((fault) => ({ emptyForm: i, fault })));
    await page.goto(here);
  }
  return faults;
}

// 320 pixels is what is left of 1280 at 400% zoom.
const narrow = { width: 320, height: 800 };
const wide = { width: 1280, height: 800 };

/** Turns the window to a size, and waits until the menu at the top has made itself fit. */
async function resize(page: Page, size: typeof wide) {
  await page.setViewportSize(size);
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/**
 * Looks at the page at both widths. What an empty form comes back with is the same markup at any width: it is looked
 * at where there is least room.
 */
async function lookAt(page: Page): Promise<unknown[]> {
  await resize(page, wide);
  const faults = (await faultsOf(page)).map((fault) => ({ ...wide, fault }));
  await resize(page, narrow);
  return [...faults, ...(await faultsOf(page)), ...(await faultsOfEmptyForms(page))];
}

/**
 * Follows every link from the pages given on. A kind of page is looked at by the first person who reaches it.
 * @param looked the kinds that were looked at before; grows
 */
async function walk(page: Page, starts: string[], looked: Set<string>) {
  const complaints = complaintsOf(page);
  const faults: unknown[] = [];
  const seen = new Set<string>();
  const waiting = starts.map((start) => new URL(start, address));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const kind = kindOf(next);
    if (seen.has(kind) || next.origin !== address || /\.[\w-]+$|^\/api|\/checkpoint$/.test(next.pathname))
      continue;
    seen.add(kind);
    await page.goto(next.href);
    const links = page.locator('a[href]');
    const found = await links.evaluateAll((all) => all.map((link) => String(Reflect.get(link, 'href'))));
    waiting.push(...found.map((href) => new URL(href)));
    if (looked.has(kind)) continue;
    looked.add(kind);
    const wrong = await lookAt(page);
    if (wrong.length > 0) faults.push({ kind, wrong });
  }
  return { seen, faults: [...faults, ...complaints] };
}

const open = [paths.logIn, paths.timedOut, paths.firstPassword, paths.help];

test('every page of the made-up practice, as everybody who may see it, at 1280 and 320 pixels', async () => {
  const looked = new Set<string>();
  const seen = new Set<string>();
  const wrong: unknown[] = [];
  for (const account of [undefined, ...exampleSurgery.accounts]) {
    const context = await browser.newContext({ viewport: narrow });
    const page = await context.newPage();
    if (account) await logInOnPage(page, address, { ...account, password: DEMO_PASSWORD });
    // What is there for anybody looks different to who is logged in.
    looked.delete('/?');
    // A search that finds nobody leads to the form for somebody who is not on the list.
    const all = [paths.home, paths.newPerson, ...patientIds.map(paths.patient), '/none'];
    const starts = account ? (account.role === 'manager' ? [...all, draftNotice] : all) : open;
    const walked = await walk(page, starts, looked);
    if (walked.faults.length > 0) wrong.push({ role: account?.role, faults: walked.faults });
    for (const kind of walked.seen) seen.add(kind.replace(/\?.*$/, ''));
    await context.close();
  }
  expect(JSON.stringify(wrong, null, 1)).toBe('[]');
  expect(
    everyAddress()
      .filter((path) => !seen.has(path))
      .sort(),
  ).toEqual([...notFollowed].sort());
}, 900_000);

/** The addresses of paths.ts, with `:id` for every id, without their queries. */
const everyAddress = (): string[] =>
  Object.values(paths).map((path) =>
    (typeof path === 'string' ? path : path(':id', ':id')).replace(/\?.*$/, ''),
  );

/** Addresses that no link leads to: forms are sent there, or files come from there; a search leads to what was found. */
const notFollowed = [
  paths.verifications,
  paths.verification(':id'),
  paths.verificationProgress(':id'),
  paths.logOut,
  paths.switchPerson,
  paths.session,
  paths.logOutEverywhere,
  paths.recipientLetterSent(':id'),
  paths.recipientLetterAnswer(':id'),
  paths.stopRecipientLetter(':id'),
  paths.patientsFound(':id'),
  paths.undoLink(':id'),
  paths.restrictPatient(':id'),
  paths.reviewLook(':id'),
  paths.foundInPile(':id'),
  paths.acknowledge(':id'),
  paths.scan(':id'),
  paths.takenIn,
  paths.importProgress(':id'),
  paths.importGone(':id'),
  // Each list of work by its name, not by an id.
  paths.workList(':id'),
  // Each list of a reconciliation by its name, not by an id.
  paths.reconciliationList(':id', ':id'),
  paths.assessIncident(':id'),
  paths.tellOfIncident(':id'),
  paths.closeIncident(':id'),
  paths.acceptNumber(':id'),
  paths.importQuestion(':id'),
  paths.listColumns(':id'),
  paths.forgetListColumns(':id'),
  paths.decideExemption(':id'),
  paths.endExemption(':id'),
  paths.removeCanary(':id'),
  paths.withdrawConsent(':id'),
  paths.reportCsv,
  paths.sampleColumns,
  paths.patientLetterReturned(':id'),
  paths.toldRunProgress(':id'),
  paths.toldRunLetters(':id'),
  paths.toldRunLettersPdf(':id'),
  paths.toldRunLargePrintPdf(':id'),
  paths.toldRunMessages(':id'),
  paths.toldRunSent(':id'),
  paths.stopToldRun(':id'),
  // Each list of people to be told by its name, not by an id.
  paths.untoldList(':id'),
  paths.sampleColumns,
  paths.sendExtract(':id', ':id'),
  paths.approveExtract(':id', ':id'),
  paths.returnExtract(':id', ':id'),
  paths.suspendExtract(':id', ':id'),
  paths.resumeExtract(':id', ':id'),
  paths.endExtract(':id', ':id'),
  paths.noteDestruction(':id', ':id'),
  paths.extractDefinition(':id', ':id'),
  paths.pseudonymKey(':id'),
  paths.endOtherFlow(':id'),
  paths.nextNoticeVersion(':id'),
  paths.publishNotice(':id', ':id'),
  paths.withdrawNotice(':id', ':id'),
  // Each format, and each page of guidance, by its name.
  paths.noticeFormats(':id', ':id'),
  paths.guidancePage(':id'),
  paths.practiceFormPdf(':id'),
  paths.registerCsv,
  paths.registerJson,
  paths.processingCsv,
  paths.releasesCsv,
  paths.releasesJson,
  paths.releaseManifest(':id'),
  paths.staffRole(':id'),
  paths.staffCode(':id'),
  paths.closeStaff(':id'),
  paths.reopenStaff(':id'),
  // Files, for tools.
  paths.logCheckpoint(':id'),
  paths.logTiles(':id'),
  paths.publicRegisterJson(':id'),
  paths.publicRegisterProof(':id'),
  paths.receiptProofs(':id'),
];
