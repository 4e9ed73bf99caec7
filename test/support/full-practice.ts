import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { londonDay } from '../../src/day.ts';
import { eventColumns } from '../../src/demo/files.ts';
import { letterPractice } from '../../src/notices/letter-practice.ts';
import { objectionTypes } from '../../src/objections/objection.ts';
import type { Services } from '../../src/services.ts';
import { holdersOf } from '../../src/usage-account/holders.ts';
import { anApprovedExtract } from './extracts.ts';
import { patientsCsv, somePatients } from './factories.ts';
import { aPublishedNotice } from './notices.ts';
import { addStaffedPractice, type StaffedPractice } from './people.ts';
import { aPng } from './scans.ts';

/** A practice with something of everything in it, each thing by its id. */
export type FullPractice = StaffedPractice & {
  readonly patientId: string;
  /** Of a form that was keyed from a pile. */
  readonly actId: string;
  readonly pileId: string;
  /** A scan that shows it. */
  readonly scanId: string;
  /** A request of a proxy, at which a second person has to look. */
  readonly proxyRequestId: string;
  readonly objectionId: string;
  readonly patientImportId: string;
  /** Of a header of which the manager said which column is which. */
  readonly listDigest: string;
  /** An import with one withdrawal that waits for a manager. */
  readonly objectionImportId: string;
  readonly extractId: string;
  readonly otherFlowId: string;
  /** A published notice, with a translation, and a draft of its next version. */
  readonly noticeId: string;
  readonly translationId: string;
  readonly keyId: string;
  /** The key itself, with which a job asks. */
  readonly key: string;
  readonly releaseId: string;
  /** Of a check of the ledger that the manager asked for. */
  readonly verificationId: string;
  /** Of a letter to who holds the data of somebody who objected. */
  readonly recipientLetterId: string;
  readonly incidentId: string;
  /** One that waits for a guardian. */
  readonly exemptionId: string;
  /** A report from the clinical record with one objection that is not recorded here. */
  readonly reconciliationId: string;
  /** Somebody looked at the patient again and again. */
  readonly unusualLookId: string;
  readonly nhsNumber: string;
  /** Of a batch of letters by the notice that is not sent. */
  readonly runId: string;
  /** The same of texts. */
  readonly textRunId: string;
  /** Keeps a form in progress, or a search, of the manager. */
  /** A release in parts that was decided, and whose file can be fetched. */
  readonly partsId: string;
  draft(kind: string, data: unknown): Promise<string>;
  /** Words that are this practice's alone: names, numbers, addresses, ids. */
  readonly marks: readonly string[];
};

const by = { kind: 'command-line', id: 'test' } as const;
/** The name of the one file of its release in parts. */
export const PART = 'events.csv';

const ofGood = <T extends { readonly ok: boolean }>(answer: T) => {
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  return answer as Extract<T, { ok: true }>;
};

/** Adds one. `from` is the number of its first made-up patient; two practices have to differ in it by three. */
export async function addFullPractice(services: Services, ods: string, from: number): Promise<FullPractice> {
  const { patients, objections, piles, keys, guard, drafts, reports } = services;
  const staffed = await addStaffedPractice(services, ods);
  const { practice, manager } = staffed;
  const practiceId = practice.id;
  const people = somePatients(4, from);
  const list = { practice, fileName: `${ods}.csv`, bytes: Buffer.from(patientsCsv(people)), wholeList: true };
  const begun = ofGood(await patients.import(list, by));
  await begun.run();
  const [person] = people;
  const [patient] = await patients.withNumber(practiceId, person?.nhsNumber ?? '');
  if (patient === undefined) throw new Error('the import left somebody out');

  const pileId = randomUUID();
  const told = { receivedVia: 'letter' as const, receivedOn: '2026-01-05' };
  ofGood(await piles.open({ practiceId, id: pileId, arrived: 2, ...told }, by));
  const asked = { practiceId, patientId: patient.id, types: objectionTypes, requester: 'patient' as const };
  const request = { ...asked, ...told, requestId: randomUUID() };
  const [act] = ofGood(await piles.record({ practiceId, request, pileId, sheet: 'next' }, by)).acts;
  const scanId = randomUUID();
  const scan = { fileName: `form-${ods}.png`, bytes: aPng };
  ofGood(
    await services.evidence.add(
      { practiceId, actId: request.requestId, id: scanId, reference: '', scan },
      by,
    ),
  );
  const proxyRequestId = randomUUID();
  const deputy = {
    requester: 'deputy',
    requesterName: `Deputy of ${ods}`,
    requestId: proxyRequestId,
  } as const;
  ofGood(await objections.record({ ...asked, ...told, ...deputy }, by));
  const number = people[1]?.nhsNumber ?? '';
  const rows = `nhs_number,type,act,received_on\n${number},1,record,2019-05-06\n${number},1,withdraw,2020-05-06\n`;
  const file = {
    practiceId,
    madeUp: practice.madeUp,
    fileName: `before-${ods}.csv`,
    bytes: Buffer.from(rows),
  };
  ofGood(await objections.import({ ...file, confirmWithdrawals: false }, by));
  const [waiting] = await objections.waitingImports(practiceId);
  const { items } = await objections.list(practiceId, { limit: 1 });

  const extractId = await anApprovedExtract(services, practiceId, { extractId: `of-${ods.toLowerCase()}` });
  const exempt = { type: 'type-2', lawRequires: false, endsOn: londonDay(services.now()) } as const;
  const said = { reason: 'Direction of today', reference: 'Direction 1' };
  const exemption = ofGood(
    await services.exemptions.ask({ practiceId, extractId, version: 1, ...exempt, ...said }, by),
  );
  const flow = ofGood(
    await services.otherFlows.register(
      {
        practiceId,
        name: `Flow of ${ods}`,
        recipient: 'NHS England',
        purpose: 'Planning',
        appliedBy: 'The supplier',
        evidencedOn: null,
        evidence: '',
      },
      by,
    ),
  );
  const { noticeId } = await aPublishedNotice(services, practice, [{ extractId, version: 1 }]);
  const [wording] = await services.notices.versionsOf(practiceId, noticeId);
  if (wording === undefined) throw new Error('the notice is not there');
  const { link } = letterPractice(services.config.publicUrl, practice);
  const polish = { practiceId, noticeId, version: 1, language: 'pl', format: 'standard', link } as const;
  const translated = ofGood(
    await services.notices.translate(
      { ...polish, content: { ...wording.content, aboutChild: 'Do rodzica: {name}' } },
      by,
    ),
  );
  ofGood(await services.notices.draftNext({ practiceId, noticeId }, by));
  await patients.rememberMapping({ practiceId, header: ['Ref', `List of ${ods}`] }, by);
  const [mapping] = await patients.mappings(practiceId);
  const expiresAt = new Date(services.now().getTime() + 86_400_000);
  const key = ofGood(
    await keys.make({ practiceId, name: `Job of ${ods}`, extracts: [extractId], expiresAt }, by),
  );
  const job = { keyId: key.id, practiceId, extracts: [extractId] };
  const numbers = people.map(({ nhsNumber }) => nhsNumber);
  const { release: parts } = ofGood(await guard.startParts(job, extractId));
  const header = Buffer.from(`${eventColumns.join(',')}\n`);
  ofGood(await parts.add(PART, 'text/csv', Readable.from([header])));
  ofGood(await parts.complete());
  const release = ofGood(await guard.check(job, extractId, numbers, 'application/json'));
  // Somebody else whose word comes to be known when their data has left.
  const [late] = await patients.withNumber(practiceId, people[2]?.nhsNumber ?? '');
  ofGood(await objections.record({ ...asked, ...told, patientId: late?.id ?? '' }, by));
  const records = late ? [late] : [];
  const holders = holdersOf(await services.usageAccount(practiceId, records), londonDay(services.now()));
  const letters = {
    practiceId,
    patientId: late?.id ?? '',
    holders,
    via: 'phone',
    knowsItReveals: true,
  } as const;
  const [recipientLetterId = ''] = ofGood(await services.recipientLetters.agree(letters, by)).letters;
  const codes = Buffer.from(`NHS Number,Code,Date\n${people[1]?.nhsNumber},9Nu4,2014-02-03\n`);
  const coded = { practiceId, madeUp: practice.madeUp, fileName: `codes-${ods}.csv`, bytes: codes };
  const reconciled = ofGood(await objections.reconcile({ ...coded, system: 'emis' }, by));
  await patients.restrict({ practiceId, patientId: late?.id ?? '', restricted: true }, by);
  await patients.noteLook({ id: manager.id, practiceId }, [late?.id ?? ''], 'patient-page');
  await patients.unusualLooks.search(practiceId);
  const [look] = await patients.unusualLooks.list(practiceId, { waiting: true, skip: 0, take: 1 });
  const notice = { noticeId, version: 1 };
  const reached = { mobile: '07700900123' };
  await services.database.write((tx) => tx.patient.update({ where: { id: patient.id }, data: reached }));
  const [large] = await patients.withNumber(practiceId, people[3]?.nhsNumber ?? '');
  const largePrint = { where: { id: large?.id ?? '' }, data: { contactFormat: 'large-print' } };
  await services.database.write((tx) => tx.patient.update(largePrint));
  const batchOf = async (how: 'letter' | 'text') => {
    const batch = { practiceId, ...notice, id: randomUUID(), how, scope: 'notice', onlyRest: true } as const;
    const { id } = ofGood(await services.tellings.makeRun(batch, by));
    await services.tellings.goOn({ practiceId, runId: id });
    return id;
  };
  const [runId, textRunId] = [await batchOf('letter'), await batchOf('text')];
  const [incident] = await services.incidents.list(practiceId, { closed: false, skip: 0, take: 1 });

  return {
    ...staffed,
    patientId: patient.id,
    actId: act?.id ?? '',
    pileId,
    scanId,
    proxyRequestId,
    objectionId: items[0]?.id ?? '',
    patientImportId: begun.id,
    listDigest: mapping?.headerDigest ?? '',
    objectionImportId: waiting?.importId ?? '',
    extractId,
    otherFlowId: flow.id,
    noticeId,
    translationId: translated.id,
    keyId: key.id,
    key: key.key,
    releaseId: release.id,
    verificationId: ofGood(await reports.runs.ask({ practiceId }, { kind: 'staff', id: manager.id })).run.id,
    recipientLetterId,
    incidentId: incident?.id ?? '',
    exemptionId: exemption.id,
    reconciliationId: reconciled.id,
    unusualLookId: look?.id ?? '',
    nhsNumber: patient.nhsNumber,
    runId,
    textRunId,
    draft: (kind, data) => drafts.save(practiceId, manager.id, kind, data),
    partsId: parts.id,
    marks: [
      practice.name,
      practice.id,
      patient.id,
      `Job of ${ods}`,
      `Flow of ${ods}`,
      `Notice of ${ods}`,
      noticeId,
      `${ods}.csv`,
      `codes-${ods}.csv`,
      reconciled.id,
      `List of ${ods}`,
      `Notice of ${ods}`,
      extractId,
      release.id,
      key.id,
      ...Object.values(staffed).flatMap((one) => ('email' in one ? [one.email, one.id] : [])),
      ...numbers.flatMap((number) => [number, number.replace(/(...)(...)(....)/, '$1 $2 $3')]),
    ],
  };
}
