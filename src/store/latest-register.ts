import { gunzipSync } from 'node:zlib';
import type { Register } from '../register/register.ts';
import type { PublishedRegister } from '../register/register-store.ts';
import type { Transaction } from './database.ts';

/** The register that was published last; null when there is none. */
export async function latestRegister(
  reads: Pick<Transaction, 'publishedRegister'>,
  practiceId: string,
): Promise<PublishedRegister | null> {
  const row = await reads.publishedRegister.findFirst({ where: { practiceId }, orderBy: { day: 'desc' } });
  if (row === null) return null;
  const register = JSON.parse(registerTextOf(row.content)) as Register;
  return { day: row.day, ledgerIndex: row.ledgerIndex, register };
}

/** The text of a kept register, to the letter. */
export const registerTextOf = (content: Uint8Array): string => gunzipSync(content).toString('utf8');
