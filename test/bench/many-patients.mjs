// Patients by the hundred thousand, written straight into a SQLite file: an import of a million would be another benchmark.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { readConfig } from '../../dist/config.js';
import { openLog } from '../../dist/log.js';
import { services } from '../../dist/services.js';
import { numbersOf, objected } from './people.mjs';

export const nobody = { kind: 'staff', id: '11111111-1111-4111-8111-111111111111' };
const guardian = { kind: 'staff', id: '22222222-2222-4222-8222-222222222222' };
const today = new Date();
const daysAgo = (days) => new Date(today.getTime() - days * 86_400_000);
const day = (at) => at.toISOString().slice(0, 10);

/** One of 20,160 days. */
const two = (number) => String(number).padStart(2, '0');
const bornOn = (n) =>
  `19${40 + (n % 60)}-${two(1 + (Math.floor(n / 60) % 12))}-${two(1 + (Math.floor(n / 720) % 28))}`;

/** Opens a registry in a folder: `opened.addPractice(ods, patients)` gives a practice that may release. */
export async function openRegistry(folder) {
  const settings = { NODE_ENV: 'test', DATA_DIR: folder, DEMO: 'false', LOG_LEVEL: 'error' };
  const opened = await services(readConfig(settings).config, { log: openLog('silent') });
  const file = join(folder, 'registry.db');
  return {
    ...opened,
    settings,
    async addPractice(ods, patients) {
      const added = await opened.staff.addPractice({ ods, name: `Surgery ${ods}` }, nobody);
      const { id: practiceId } = added.practice;
      addPatients(file, practiceId, patients);
      // As the app does by itself within a quarter of an hour.
      await opened.database.refreshStatistics();
      await opened.objections.takeIn({ practiceId, how: 'none-before' }, nobody);
      return practiceId;
    },
    /** An extract with a key for it; returns the key. */
    async addExtract(practiceId, extractId = 'bench') {
      const named = { practiceId, extractId };
      const { version } = await opened.extracts.register({ ...anExtract, ...named }, nobody);
      const approved = await opened.extracts.approve({ ...named, version, confirmsCare: true }, guardian);
      if (!approved.ok) throw new Error(approved.reason);
      const expiresAt = new Date('2099-06-01T00:00:00.000Z');
      const made = await opened.keys.make(
        { ...named, name: 'Bench', extracts: [extractId], expiresAt },
        nobody,
      );
      return made.key;
    },
  };
}

const anExtract = {
  ...{ name: 'Events', recipient: 'An institute', recipientOds: 'X26', purpose: 'Measuring' },
  ...{ ground: 'nhs-england-direction', reference: 'Direction 2024/1', groundExpiresOn: '2099-12-31' },
  ...{ groundWords: 'As the ground asks', startsOn: '2026-01-01', endsOn: '2099-12-31' },
  fields: [{ name: 'nhs_number', treatment: 'keep' }],
  checksApproved: true,
  stops: { usualNumber: null, listAgeDays: null, maxUnreadable: null },
};

function addPatients(file, practiceId, count) {
  const sqlite = new Sqlite(file);
  sqlite.pragma('synchronous = OFF');
  const insert = (table, row) =>
    sqlite.prepare(
      `INSERT INTO "${table}" (${Object.keys(row).map((name) => `"${name}"`)}) VALUES (${Object.keys(row).map((name) => `@${name}`)})`,
    );
  const instant = (at) => at.toISOString().replace('Z', '+00:00');
  const patient = (ordinal, nhsNumber) => ({
    ...{ id: randomUUID(), practiceId, ordinal, nhsNumber, givenName: 'Ada' },
    ...{ familyName: `Person${ordinal}`, givenNameKey: 'ADA', familyNameKey: `PERSON${ordinal}` },
    ...{ dateOfBirth: bornOn(ordinal), status: 'registered', changedAtIndex: 0 },
    addedAt: instant(daysAgo(900)),
  });
  // Their index in the ledger is of nothing: an objection that came in this way is only counted and looked up.
  const act = (patientId, ordinal) => ({
    ...{ id: randomUUID(), practiceId, patientId, type: 'type-1', kind: 'record', ledgerIndex: -1 - ordinal },
    ...{ receivedOn: day(daysAgo(ordinal % 700)), recordedAt: instant(daysAgo(ordinal % 700)) },
    ...{
      actorKind: 'staff',
      actorId: nobody.id,
      requester: 'patient',
      receivedVia: 'letter',
      needsDecision: 0,
    },
  });
  const objection = ({ patientId, receivedOn, recordedAt }) => ({
    ...{ id: randomUUID(), practiceId, patientId, type: 'type-1', status: 'in-force', since: receivedOn },
    ...{ recordedAt, recordedBy: nobody.id, receivedVia: 'letter', requester: 'patient', changedAtIndex: 0 },
  });
  const [patients, acts, objections] = [
    insert('Patient', patient(0, '')),
    insert('ObjectionAct', act('', 0)),
    insert('Objection', objection(act('', 0))),
  ];
  sqlite.exec('BEGIN');
  numbersOf(count).forEach((nhsNumber, ordinal) => {
    const row = patient(ordinal, nhsNumber);
    patients.run(row);
    if (!objected(ordinal)) return;
    const said = act(row.id, ordinal);
    acts.run(said);
    objections.run(objection(said));
  });
  sqlite.prepare('UPDATE LedgerHead SET nextOrdinal = ? WHERE practiceId = ?').run(count, practiceId);
  sqlite.exec('COMMIT');
  // All of it was one transaction; whoever reads would else look through its log first.
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}
