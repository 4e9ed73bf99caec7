import type { ExtractVersion } from '../extracts/extract.ts';
import { rulesOfGround } from '../extracts/grounds.ts';
import { keyOfText } from '../patients/nhs-number.ts';
import type { Columns } from './csv-columns.ts';
import type { Rule } from './decide.ts';
import { NumberDecider, type Watch } from './decide-number.ts';
import type { Plan } from './decide-rows.ts';
import { type GuardianDecided, madeUpIndexFor, madeUpRows, ordinalOf } from './made-up-rows.ts';
import type { Sink } from './output.ts';
import { scanRelease } from './scan-release.ts';

/**
 * Sends made-up people, one for each reason to withhold, through the same reading, deciding and writing as the rows
 * of a release, under its own header.
 *
 * @param input the release's header line without its line end, and the columns found in it
 * @returns whether the control's row came out, and no row of anybody who may not leave
 */
export async function passesSelfTest(
  input: { readonly header: Buffer; readonly columns: Columns },
  version: Pick<ExtractVersion, 'fields' | 'nhsNumberColumn' | 'ground'> & GuardianDecided,
  plan: Pick<Plan, 'rule' | 'pseudonymKey' | 'watch'>,
): Promise<boolean> {
  const expected = expectedToLeave(version);
  const index = madeUpIndexFor(plan.rule.consentTo);
  const rows = collect();
  const notes = collect();
  const file = madeUpFile(input.header, input.columns, !rulesOfGround(version.ground).withholdsNobody);
  const scanned = await scanRelease([file], { ...plan, version, index }, { rows, notes });
  if (!scanned.ok) return false;
  const written = ordinalsIn(notes.bytes()).slice(1);
  return (
    written.join() === expected.join() &&
    scanned.counts.out === expected.length &&
    rows.bytes().length === scanned.bytesOut
  );
}

/** The same for a check, which has no rows: whether the made-up people are decided on as they must be. */
export function decidesMadeUpPeople(
  version: Pick<ExtractVersion, 'ground'> & GuardianDecided,
  rule: Rule,
  watch: Watch = {},
): boolean {
  const decider = new NumberDecider(rule, madeUpIndexFor(rule.consentTo), watch);
  const permitted = madeUpRows.filter(
    ({ cell }) => decider.decide(keyOfText(cell.replaceAll('"', ''))) === 'permit',
  );
  return permitted.map(ordinalOf).join() === expectedToLeave(version).join();
}

function expectedToLeave(version: Pick<ExtractVersion, 'ground'> & GuardianDecided): number[] {
  const ground = rulesOfGround(version.ground);
  return madeUpRows.filter((row) => ground.withholdsNobody || row.mayLeave(ground, version)).map(ordinalOf);
}

/** A row that cannot be read is in it unless it would, rightly, fail the release. */
function madeUpFile(header: Buffer, { count, person }: Columns, withUnreadable: boolean): Buffer {
  const line = (cell: string, cells = count) =>
    Array.from({ length: cells }, (_, place) => (place === person ? cell : 'made up')).join(',');
  const lines = madeUpRows.map(({ cell }) => line(cell));
  if (withUnreadable) lines.push(line('9999000010', count + 1));
  return Buffer.concat([header, Buffer.from(`\n${lines.join('\n')}\n`)]);
}

function collect(): Sink & { bytes(): Buffer } {
  const chunks: Buffer[] = [];
  return {
    write: async (chunk) => chunks.push(Buffer.from(chunk)),
    bytes: () => Buffer.concat(chunks),
  };
}

/** The ordinals in the notes of a scan, that of the header first. */
function ordinalsIn(notes: Buffer): number[] {
  return Array.from({ length: notes.length / 8 }, (_, place) => notes.readUInt32LE(place * 8));
}
