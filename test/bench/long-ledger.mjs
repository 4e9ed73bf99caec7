// A made-up practice with a long history, written straight into a SQLite file: entries, rows and signatures are made by
// the app's own code, only they come in by the hundred thousand. Verifying it is what test/bench/verify-ledger.mjs measures.
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { readConfig } from '../../dist/config.js';
import { madeUpPatient } from '../../dist/demo/made-up-patient.js';
import { seeded } from '../../dist/demo/random.js';
import { digestOfMembers, linesBy } from '../../dist/guard/members-digest.js';
import { bitmapOf, keepFew } from '../../dist/guard/members-list.js';
import { encodeWithheld } from '../../dist/guard/withheld-list.js';
import { checkpointText } from '../../dist/ledger/checkpoint.js';
import { makeEntry } from '../../dist/ledger/entry.js';
import { Frontier } from '../../dist/ledger/frontier.js';
import { decidedEntry, endedEntry, startedEntry } from '../../dist/ledger/release-entry.js';
import { readVerifier, signedNote } from '../../dist/ledger/signed-note.js';
import { actEntry } from '../../dist/objections/act-entry.js';
import { nothingSaid } from '../../dist/objections/add-act.js';
import { standing } from '../../dist/objections/objection.js';
import { project } from '../../dist/objections/projection.js';
import { readSecrets } from '../../dist/secrets.js';
import { services } from '../../dist/services.js';
import { signing } from '../../dist/store/signing.js';

const PATIENTS = 10_000;
/** What a day brings: 55 entries, which are 200,000 in ten years. A longer ledger has as many days, with more in each. */
const A_DAY = { digests: 14, changes: 15, acts: 2, releases: 3, checks: 15 };
const TEN_YEARS = 200_000;
const START = Date.UTC(2016, 0, 1, 8);
const DAY = 86_400_000;
const nobody = { kind: 'staff', id: '11111111-1111-4111-8111-111111111111' };
const key = { kind: 'job', id: '22222222-2222-4222-8222-222222222222' };

/** Makes one in a data folder, with at least `size` entries; returns the settings with which the app opens it. */
export async function makeLongLedger(dataDir, size) {
  const settings = { NODE_ENV: 'test', DATA_DIR: dataDir, DEMO: 'false', LOG_LEVEL: 'error' };
  const { config } = readConfig(settings);
  const { practice } = await addPractice(config);
  const history = new History(join(dataDir, 'registry.db'), practice, signing(readSecrets(config).vault));
  history.takeInPatients();
  const times = Math.max(1, Math.round(size / TEN_YEARS));
  for (let day = 0; history.size < size; day += 1) await history.live(day, times);
  await history.end();
  return settings;
}

async function addPractice(config) {
  const opened = await services(config, { now: () => new Date(START - DAY) });
  const added = await opened.staff.addPractice({ ods: 'A10001', name: 'A surgery' }, nobody);
  await opened.close();
  return added;
}

/** As Prisma writes an instant. */
const instant = (at) => at.toISOString().replace('Z', '+00:00');

class History {
  #random = seeded(1);
  #frontier = Frontier.empty();
  #patients = Array.from({ length: PATIENTS }, () => ({ id: randomUUID(), changedAtIndex: 0 }));
  /** By ordinal and type: the acts of an objection. */
  #acts = new Map();
  #members = Buffer.alloc(Math.ceil(PATIENTS / 8), 255);
  #withheld = new Uint8Array(PATIENTS);
  #inserts = new Map();
  #linesOf = linesBy((ordinal) => this.#patients[ordinal].id);

  constructor(file, practice, signer) {
    this.practice = practice;
    this.signer = signer;
    this.sqlite = new Sqlite(file);
    this.sqlite.pragma('synchronous = OFF');
    const [first] = this.sqlite.prepare('SELECT commitment FROM LedgerLeaf').all();
    this.#grow(first.commitment);
    this.signedBy = this.sqlite.prepare('SELECT * FROM SigningKey').get();
    this.sqlite.exec('BEGIN');
  }

  get size() {
    return this.#frontier.size;
  }

  takeInPatients() {
    this.now = new Date(START);
    this.#append('patients-imported', nobody, { added: PATIENTS });
  }

  /** One day: what was done, then its checkpoint. */
  async live(day, times) {
    const jobs = Object.entries(A_DAY).flatMap(([what, count]) => Array(times * count).fill(what));
    jobs.forEach((what, at) => {
      this.now = new Date(START + day * DAY + (at * 600_000) / times);
      this[what]();
    });
    const text = checkpointText({ ...this.practice, size: this.size, root: this.#frontier.root() });
    const note = signedNote(text, readVerifier(this.signedBy.verifier), await this.#signature());
    const on = new Date(START + day * DAY).toISOString().slice(0, 10);
    this.#insert('PublishedCheckpoint', { day: on, size: this.size, note, at: instant(this.now) });
  }

  digests() {
    const data = { from: this.size, to: this.size + 40, count: 41, digest: randomBytes(32).toString('hex') };
    this.#append('access-digest', { kind: 'system', id: 'access-log' }, data);
  }

  changes() {
    this.#append('patient-changed', nobody, {
      patient: this.#random.pick(this.#patients).id,
      import: randomUUID(),
    });
  }

  acts() {
    // Two in fifty people speak up; some of them again and again.
    const ordinal = this.#random.between(0, PATIENTS / 25);
    const type = this.#random.chance(0.8) ? 'type-1' : 'type-2';
    const acts = this.#acts.get(`${ordinal} ${type}`) ?? [];
    const kind = acts.length === 0 ? 'record' : this.#random.pick(['confirm', 'withdraw', 'confirm']);
    const said = {
      requester: 'patient',
      receivedVia: 'letter',
      identityChecked: 'known-in-person',
      note: 'By post',
    };
    const of = { id: randomUUID(), patientId: this.#patients[ordinal].id, type, kind, actor: nobody };
    const receivedOn = this.now.toISOString().slice(0, 10);
    const act = { ...nothingSaid, ...said, ...of, receivedOn, recordedAt: this.now };
    const { act: word, data } = actEntry(act);
    const ledgerIndex = this.#append(word, nobody, data);
    const { actor, ...columns } = act;
    this.#insert('ObjectionAct', {
      ...{ ...columns, ledgerIndex, recordedAt: instant(this.now), needsDecision: 0 },
      ...{ actorKind: actor.kind, actorId: actor.id },
    });
    const all = [...acts, { ...act, ledgerIndex }];
    this.#acts.set(`${ordinal} ${type}`, all);
    this.#patients[ordinal].changedAtIndex = ledgerIndex;
    const inForce = ['type-1', 'type-2'].some(
      (one) => standing(this.#acts.get(`${ordinal} ${one}`) ?? []).inForce,
    );
    const bit = 1 << (ordinal & 7);
    this.#members[ordinal >> 3] = (this.#members[ordinal >> 3] | bit) ^ (inForce ? bit : 0);
    this.#withheld[ordinal] = inForce ? 1 : 0;
  }

  releases() {
    const release = this.#begun('release');
    const { act, data } = startedEntry(release);
    const startedIndex = this.#append(act, key, data);
    const kept = { members: this.#members, memberOrdinals: null };
    const decided = this.#decide(release, kept, this.#withheld);
    const end = endedEntry(release.id, 'complete', null);
    this.#append(end.act, key, end.data);
    this.#insert('Release', { ...release, ...decided, startedIndex, endedAt: instant(this.now) });
  }

  checks() {
    const release = this.#begun('check');
    const ordinal = this.#random.between(PATIENTS / 20, PATIENTS - 1);
    const decided = this.#decide(release, keepFew(Int32Array.of(ordinal)), new Uint8Array(PATIENTS));
    this.#insert('Release', { ...release, ...decided, startedIndex: null, endedAt: instant(this.now) });
  }

  /** The list of objections, the patients, the tiles and the head, as all of it came out. */
  async end() {
    for (const acts of this.#acts.values()) {
      const { recordedAt, ...row } = project(acts);
      const flags = Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'boolean' ? +value : value,
      ]);
      const { patientId, type, ledgerIndex: changedAtIndex } = acts.at(-1);
      this.#insert('Objection', {
        ...{ ...Object.fromEntries(flags), id: randomUUID(), patientId, type },
        ...{ recordedAt: instant(recordedAt), changedAtIndex },
      });
    }
    this.#patients.forEach(({ id, changedAtIndex }, ordinal) => {
      const { nhsNumber, givenName, familyName, dateOfBirth } = madeUpPatient(ordinal);
      const names = { givenName, familyName, givenNameKey: givenName, familyNameKey: familyName };
      const row = { id, ordinal, nhsNumber, ...names, dateOfBirth, status: 'registered', changedAtIndex };
      this.#insert('Patient', { ...row, addedAt: instant(this.now) });
    });
    this.sqlite
      .prepare('UPDATE LedgerHead SET size = ?, root = ?, frontier = ?, nextOrdinal = ?, signature = ?')
      .run(this.size, this.#frontier.root(), this.#frontier.toBytes(), PATIENTS, await this.#signature());
    this.sqlite.exec('COMMIT');
    this.sqlite.close();
  }

  #begun(kind) {
    const nothing = { countIn: null, countOut: null, countWithheld: null, reasons: null, bytesOut: null };
    const of = { id: randomUUID(), extractId: 'research-events', version: 1, kind, keyId: key.id };
    const times = { startedAt: instant(this.now), leaseUntil: instant(this.now), status: 'complete' };
    return { ...of, ...times, format: 'text/csv', ...nothing };
  }

  #decide(release, kept, withheld) {
    const salt = randomBytes(16);
    const digest = digestOfMembers(salt, bitmapOf(kept), Buffer.alloc(0), this.#linesOf);
    const account = { ...kept, unlisted: Buffer.alloc(0), withheld: encodeWithheld(withheld), salt, digest };
    const ledger = { ledgerSize: this.size, ledgerRoot: Buffer.from(this.#frontier.root()).toString('hex') };
    const digests = { digestIn: randomBytes(32).toString('hex'), digestOut: randomBytes(32).toString('hex') };
    const outcome = { countIn: 9800, countOut: 9700, countWithheld: 100, bytesOut: 1_000_000, emptied: 0 };
    const row = { ...outcome, ...digests, ...ledger, reasons: '{"objected-type-1":100}' };
    const { act, data } = decidedEntry({ ...release, ...row }, account, { type1: true, type2: true });
    const decidedIndex = this.#append(act, key, data);
    this.#insert('ReleaseAccount', { ...account, releaseId: release.id });
    return { ...row, decidedIndex, decidedAt: instant(this.now) };
  }

  #append(act, actor, data) {
    const content = { practice: this.practice.ods, act, actor, data, at: this.now };
    const { index, text, salt, commitment } = makeEntry(this.size, content);
    this.#insert('LedgerLeaf', { index, commitment });
    this.#insert('LedgerText', { index, salt, text });
    this.#grow(commitment);
    return index;
  }

  #grow(commitment) {
    this.#frontier.append(commitment, (height, index, hash) => {
      if (height % 8 === 0) this.#insert('LedgerTile', { level: height / 8, index, hash });
    });
  }

  #insert(table, row) {
    const columns = ['practiceId', ...Object.keys(row)];
    let insert = this.#inserts.get(table);
    if (insert === undefined) {
      const names = columns.map((name) => `"${name}"`).join(', ');
      insert = this.sqlite.prepare(
        `INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
      this.#inserts.set(table, insert);
    }
    insert.run(this.practice.id, ...Object.values(row));
  }

  #signature() {
    const reads = { signingKey: { findUniqueOrThrow: async () => this.signedBy } };
    return this.signer.sign(reads, this.signedBy.verifier, { size: this.size, root: this.#frontier.root() });
  }
}
