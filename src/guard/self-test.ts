import type { ExtractVersion } from '../extracts/extract.ts';
import { rulesOfGround } from '../extracts/grounds.ts';
import { keyOfText } from '../patients/nhs-number.ts';
import type { Rule } from './decide.ts';
import { NumberDecider } from './decide-number.ts';
import { MORE, type Watch } from './decide-people.ts';
import { type Head, type Plan, ReleaseMemory } from './decide-records.ts';
import { madeUpFile } from './made-up-file.ts';
import {
  type GuardianDecided,
  type MadeUpRow,
  madeUpIndexFor,
  madeUpRows,
  numberOf,
  ordinalOf,
  ruleForMadeUp,
} from './made-up-rows.ts';
import { collect } from './output.ts';
import type { ReleasedVersion } from './person-columns.ts';
import { scanRelease } from './scan-release.ts';

/** What the self-test reads of an extract. */
type Tested = ReleasedVersion & Pick<ExtractVersion, 'ground'> & GuardianDecided;

/**
 * Sends made-up people, one for each reason to withhold, through the same reading, deciding and writing as the rows
 * of a release: in its format, and under its own header where it has one.
 *
 * @param hasKernel whether rows were decided with a kernel: then it is tried too
 * @returns whether the control's rows came out, and no row of anybody who may not leave
 */
export async function passesSelfTest(
  head: Head,
  version: Tested,
  plan: Pick<Plan, 'rule' | 'pseudonymKey' | 'watch'>,
  hasKernel = false,
): Promise<boolean> {
  for (const manyRows of hasKernel ? [undefined, 0] : [undefined])
    if (!(await passesWith(head, version, plan, manyRows))) return false;
  return true;
}

async function passesWith(
  head: Head,
  version: Tested,
  { pseudonymKey, watch, ...plan }: Parameters<typeof passesSelfTest>[2],
  manyRows: number | undefined,
): Promise<boolean> {
  const rows = collect();
  const notes = collect();
  const ground = rulesOfGround(version.ground);
  const made = madeUpFile(head, version, ground.withholdsNobody !== true);
  const rule = ruleForMadeUp(plan.rule);
  const index = madeUpIndexFor(rule);
  const tried: Plan = { rule, index, pseudonymKey, version: made.version, ...(watch && { watch }) };
  const memory = new ReleaseMemory(tried, manyRows);
  const scanned = await scanRelease([made.bytes], tried, { rows, notes }, { format: head.format, memory });
  if (!scanned.ok) return false;
  const expected = made.rows.filter(({ row }) => mayLeave(row, version)).map(({ patients }) => patients);
  const written = patientsIn(notes.bytes()).slice(head.format === 'text/csv' ? 1 : 0);
  return (
    JSON.stringify(written) === JSON.stringify(expected) &&
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
  const decider = new NumberDecider(ruleForMadeUp(rule), madeUpIndexFor(rule), watch);
  const permitted = madeUpRows.filter((row) => decider.decide(keyOfText(numberOf(row))) === 'permit');
  const expected = madeUpRows.filter((row) => mayLeave(row, version));
  return permitted.map(ordinalOf).join() === expected.map(ordinalOf).join();
}

function mayLeave(row: MadeUpRow, version: Pick<ExtractVersion, 'ground'> & GuardianDecided): boolean {
  const ground = rulesOfGround(version.ground);
  return ground.withholdsNobody === true || row.mayLeave(ground, version);
}

/** The ordinals in the notes of a scan, row by row. */
function patientsIn(notes: Buffer): number[][] {
  const rows: number[][] = [];
  let row: number[] = [];
  for (let at = 0; at < notes.length; at += 8) {
    row.push(notes.readUInt32LE(at));
    if (notes.readUInt32LE(at + 4) === MORE) continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
