import { randomBytes, randomUUID } from 'node:crypto';
import { type Account, Membership } from '../../src/guard/membership.ts';
import { PatientIndex } from '../../src/guard/patient-index.ts';
import type { Actor } from '../../src/ledger/entry.ts';
import {
  type Applies,
  decidedEntry,
  type Ending,
  endedEntry,
  startedEntry,
} from '../../src/ledger/release-entry.ts';
import type { Database } from '../../src/store/database.ts';
import { changePractice } from '../../src/store/practice-change.ts';
import { tick } from './history.ts';

const KEY = '22222222-2222-4222-8222-222222222222';
const job: Actor = { kind: 'job', id: KEY };

export type ReleaseOf = {
  readonly kind?: 'release' | 'check';
  /** Ids of those whose data leaves; the others are withheld. */
  readonly permitted: readonly string[];
  /** Where it is not both types: on a ground, registered just before, that lets them be left out. */
  readonly applies?: Applies;
  /** How it ends; null: it is still running. */
  readonly ending?: Ending | null;
  /** False: it ended before it was decided. */
  readonly decided?: boolean;
  /** One that was registered before. */
  readonly extractId?: string;
  readonly version?: number;
};

/** Keeps a release or check with its account and entries, as the guard would; whether it was right to is not asked. */
export async function keepRelease(database: Database, practiceId: string, of: ReleaseOf): Promise<string> {
  const { kind = 'release', permitted, applies = { type1: true, type2: true }, decided = true } = of;
  const ending = of.ending === undefined ? 'complete' : of.ending;
  const id = randomUUID();
  const laxer = !(applies.type1 && applies.type2);
  const extractId = of.extractId ?? (laxer ? 'public-interest' : 'research-events');
  const begun = { id, extractId, version: of.version ?? 1, kind, keyId: KEY, format: 'text/csv' };
  const nothing = {
    countIn: null,
    countOut: null,
    countWithheld: null,
    reasons: null,
    digestIn: null,
    digestOut: null,
    bytesOut: null,
    ledgerSize: null,
    ledgerRoot: null,
  };
  if (laxer && of.extractId === undefined) await registerExtractOn(database, practiceId, 'public-interest');
  await changePractice(database, practiceId, async (change) => {
    const at = tick();
    const entry = startedEntry({ ...begun, ...nothing });
    const startedIndex = kind === 'check' ? null : change.append(entry.act, job, entry.data, at);
    const row = { ...begun, practiceId, status: 'started', startedAt: at, leaseUntil: at, startedIndex };
    await change.tx.release.create({ data: row });
  });
  if (decided) {
    await changePractice(database, practiceId, async (change) => {
      const { tx, head } = change;
      const at = tick();
      const patients = await tx.patient.findMany({ where: { practiceId }, orderBy: { ordinal: 'asc' } });
      const known = {
        person: null,
        listed: true,
        left: false,
        restricted: false,
        objected: { type1: false, type2: false },
      };
      const membership = new Membership(
        PatientIndex.empty.with(
          0,
          patients.map((patient) => ({ ...patient, ...known })),
        ),
      );
      for (const patient of patients) {
        membership.note(patient.ordinal, permitted.includes(patient.id) ? 'permit' : 'objected-type-1');
      }
      const account = { ...membership.account(randomBytes(16)), ...(kind === 'check' && asList(membership)) };
      const outcome = {
        countIn: patients.length,
        countOut: permitted.length,
        countWithheld: patients.length - permitted.length,
        reasons: JSON.stringify({ 'objected-type-1': patients.length - permitted.length }),
        digestIn: 'aa',
        digestOut: 'bb',
        bytesOut: 100,
        emptied: 2,
        ledgerSize: head.size,
        ledgerRoot: Buffer.from(head.root).toString('hex'),
      };
      const entry = decidedEntry({ ...begun, ...outcome }, account, applies);
      const decidedIndex = change.append(entry.act, job, entry.data, at);
      const end = kind === 'check' ? { status: 'complete', endedAt: at } : {};
      await tx.release.update({ where: { id }, data: { ...outcome, decidedIndex, decidedAt: at, ...end } });
      const { members, memberOrdinals, unlisted, withheld, salt, digest } = account;
      await tx.releaseAccount.create({
        data: {
          releaseId: id,
          practiceId,
          members: Buffer.from(members),
          memberOrdinals: memberOrdinals && Buffer.from(memberOrdinals),
          unlisted: Buffer.from(unlisted),
          withheld: Buffer.from(withheld),
          salt: Buffer.from(salt),
          digest,
        },
      });
    });
  }
  if (ending !== null && kind === 'release') {
    await changePractice(database, practiceId, async (change) => {
      const at = tick();
      const reason = ending === 'complete' ? null : 'client-stopped';
      const entry = endedEntry(id, ending, reason);
      change.append(entry.act, job, entry.data, at);
      await change.tx.release.update({ where: { id }, data: { status: ending, reason, endedAt: at } });
    });
  }
  return id;
}

/** Writes that version 1 of an extract was registered and approved on a ground of its name, as far as verify has to know. */
export async function registerExtractOn(
  database: Database,
  practiceId: string,
  ground: string,
  said: { readonly extract?: string; readonly stricter?: string[] } = {},
): Promise<void> {
  const data = { extract: ground, version: 1, ground, stricter: [], ...said };
  await changePractice(database, practiceId, async (change) => {
    change.append('extract-registered', { kind: 'staff', id: 'the-manager' }, data, tick());
    const { extract, version } = data;
    change.append('extract-approved', { kind: 'staff', id: 'the-guardian' }, { extract, version }, tick());
  });
}

/** As a check of few among many has them, though here are few. */
function asList(membership: Membership): Pick<Account, 'members' | 'memberOrdinals'> {
  const permitted = [...membership.permitted()];
  const memberOrdinals = Buffer.alloc(4 * permitted.length);
  for (const [n, ordinal] of permitted.entries()) memberOrdinals.writeUInt32BE(ordinal, 4 * n);
  return { members: Buffer.alloc(0), memberOrdinals };
}
