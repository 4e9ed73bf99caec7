import { join } from 'node:path';
import type { Config } from '../config.ts';
import { consentRules } from '../consents/consent-entry.ts';
import { londonDay } from '../day.ts';
import { extractRules } from '../extracts/verify-rules.ts';
import { digestOfMembers, isMember } from '../guard/membership.ts';
import { keptCheckpoints } from '../kept-checkpoints.ts';
import { changeSigningKey, type SigningKeys } from '../ledger/signing-key.ts';
import { verifyLedger } from '../ledger/verify.ts';
import type { Log } from '../log.ts';
import { toldRules } from '../notices/told-entry.ts';
import { checkCode } from '../objections/check-code.ts';
import { checkReceipt, receiptProof } from '../objections/check-receipt.ts';
import { objectionRules } from '../objections/verify-rules.ts';
import { listPractices, readLedger } from '../store/ledger-store.ts';
import { practiceStore } from '../store/practice-store.ts';
import { publicLog } from '../store/public-log.ts';
import { receiptStore } from '../store/receipt-store.ts';
import type { Opened } from './opened.ts';

const rules = {
  objections: objectionRules,
  accounts: { digestOfMembers, isMember },
  extracts: extractRules,
  consents: consentRules,
  tellings: toldRules,
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
  return {
    ledger: {
      practices: () => listPractices(database),
      /** Derives a practice's ledger again from all that is kept, as of this moment. */
      async verify(practiceId: string, elsewhere: readonly string[] = []) {
        const notes = [...elsewhere, ...[await keptOf(practiceId)].filter((note) => note !== null)];
        return readLedger(databaseUrl, practiceId, (reader) => verifyLedger(reader, rules, notes));
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
    /** Receipts of objections, for whoever holds the code; nothing of it says of whom. */
    receipts: {
      code: (actId: string) => checkCode(actId, receiptParts.key),
      check: (code: string) => checkReceipt(receiptParts, code),
      proof: (code: string, type: string) => receiptProof(receiptParts, code, type),
    },
  };
}
