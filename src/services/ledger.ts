import { join } from 'node:path';
import type { Config } from '../config.ts';
import { consentRules } from '../consents/consent-entry.ts';
import { londonDay } from '../day.ts';
import { extractRules } from '../extracts/verify-rules.ts';
import { piecesOfMembers } from '../guard/members-digest.ts';
import { bitmapOf } from '../guard/members-list.ts';
import { isMember } from '../guard/membership.ts';
import { keptCheckpoints } from '../kept-checkpoints.ts';
import { checkLedger, checkWhole } from '../ledger/check-ledger.ts';
import type { LedgerReader } from '../ledger/ledger-reader.ts';
import { changeSigningKey, type SigningKeys } from '../ledger/signing-key.ts';
import { type Beginning, verifyLedger } from '../ledger/verify.ts';
import type { Log } from '../log.ts';
import { tellingRules } from '../notices/verify-rules.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import { checkCode } from '../objections/check-code.ts';
import { checkReceipt, receiptProof } from '../objections/check-receipt.ts';
import { objectionRules } from '../objections/verify-rules.ts';
import { registerRules } from '../register/verify-rules.ts';
import { listPractices, readLedger } from '../store/ledger-store.ts';
import { markStore } from '../store/mark-store.ts';
import { practiceStore } from '../store/practice-store.ts';
import { publicLog } from '../store/public-log.ts';
import { receiptStore } from '../store/receipt-store.ts';
import { registerStore } from '../store/register-store.ts';
import type { Opened } from './opened.ts';

const rules = {
  objections: objectionRules,
  accounts: { piecesOfMembers, isMember, bitmapOf },
  extracts: extractRules,
  consents: consentRules,
  tellings: tellingRules,
  registers: registerRules,
};

/** The ledgers of the practices: verified, published, and proven to whoever holds a receipt. */
export function ledgerServices(
  { database, vault, now, on }: Opened,
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  signingKeys: SigningKeys,
  log: Log,
) {
  const practices = practiceStore(database);
  const published = publicLog(database);
  const receiptParts = {
    receipts: receiptStore(database),
    log: published,
    key: vault.derive('receipt codes'),
  };
  const kept = keptCheckpoints(join(dataDir, 'published'));
  const keptOf = async (practiceId: string) => kept.read((await practices.find(practiceId))?.origin ?? '');
  const partsOf = (practiceId: string) => ({
    marks: markStore(database, vault),
    rules,
    read: <T>(work: (reader: LedgerReader<RecordedAct>) => Promise<T>) =>
      readLedger(databaseUrl, practiceId, work),
  });
  const elsewhereOf = async (practiceId: string) =>
    [await keptOf(practiceId)].filter((note) => note !== null);
  return {
    ledger: {
      practices: () => listPractices(database),
      /** Derives a practice's ledger again from all that is kept, as of this moment. */
      async verify(practiceId: string, elsewhere: readonly string[] = []) {
        const notes = [...elsewhere, ...(await elsewhereOf(practiceId))];
        return readLedger(databaseUrl, practiceId, (reader) => verifyLedger(reader, rules, notes));
      },
      /** The check of the night: what is new, what is in force, and a seventh of what is older; all of it once a week. */
      check: async (practiceId: string) =>
        checkLedger(partsOf(practiceId), practiceId, { elsewhere: await elsewhereOf(practiceId) }, now()),
      /** The whole of it, telling how far it is; the check of the night goes on from there. */
      checkWhole: async (practiceId: string, progress?: Beginning['progress']) => {
        const elsewhere = await elsewhereOf(practiceId);
        return checkWhole(
          partsOf(practiceId),
          practiceId,
          { elsewhere, ...(progress && { progress }) },
          now(),
        );
      },
      /** A new key for its checkpoints. Whoever holds the old verifier has to be given the new one. */
      changeKey: on(signingKeys)(changeSigningKey),
    },
    /** What of the ledgers everybody may see. */
    publicLog: {
      ...published,
      /**
       * Publishes the day's checkpoint of every practice that has none of that day yet. A ledger that does not continue
       * what was last published from here is not published: an old database in place of a newer one, most likely.
       */
      async publishAll() {
        for (const { id, origin } of await practices.list()) {
          const last = kept.read(origin);
          if (last !== null && !(await published.continues(id, last))) {
            log.error({ event: 'checkpoint-not-published', practice: id, reason: 'does-not-continue' });
            continue;
          }
          await published.publish(id, londonDay(now()), now());
          const latest = await published.latest(id);
          if (latest !== null) kept.keep(origin, latest.note);
        }
      },
    },
    /** The registers of what left, as they were published. */
    publicRegister: registerStore(database),
    /** Receipts of objections, for whoever holds the code; nothing of it says of whom. */
    receipts: {
      code: (actId: string) => checkCode(actId, receiptParts.key),
      check: (code: string) => checkReceipt(receiptParts, code),
      proof: (code: string, type: string) => receiptProof(receiptParts, code, type),
    },
  };
}
