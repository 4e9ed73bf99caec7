import { type UsageAccount, usageAccount } from './usage-account.ts';
import type { AccountRecord, UsageAccountStore } from './usage-account-store.ts';

/**
 * The data usage account of one person: every extract their data left in, and every extract they were kept out of.
 *
 * @param records every record of the person
 */
export async function giveAccount(
  store: UsageAccountStore,
  practiceId: string,
  records: readonly AccountRecord[],
): Promise<UsageAccount> {
  const fates = [];
  for (const record of records) fates.push(await store.fatesOf(practiceId, record));
  const versions = await store.versions(practiceId);
  return usageAccount(fates, versions, await store.countWithNationalOptOut(practiceId));
}
