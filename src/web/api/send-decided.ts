import type { Response } from 'express';
import type { DecidedPart, DecidedRelease } from '../../guard/release.ts';
import { sendSpooled } from './send-spooled.ts';

/**
 * Answers with what leaves of a file.
 *
 * @param stallMs a client that takes nothing for so long has stopped reading
 * @returns whether everything was handed over
 */
export async function sendDecided(
  res: Response,
  decided: Omit<DecidedRelease | DecidedPart, 'end'>,
  stallMs: number,
): Promise<boolean> {
  const { format, counts } = decided;
  res.status(200).set({
    // JSON is UTF-8 by itself, and has no character set to name.
    'Content-Type': format === 'text/csv' ? 'text/csv; charset=utf-8' : format,
    'Content-Length': String(decided.bytes),
    'Content-Digest': `sha-256=:${Buffer.from(decided.digest, 'hex').toString('base64')}:`,
    'Release-Counts': `in=${counts.in}, out=${counts.out}, withheld=${counts.withheld}`,
  });
  return sendSpooled(res, decided, stallMs);
}
