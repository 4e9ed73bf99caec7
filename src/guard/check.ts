import type { Guard, Job, Refused } from './guard.ts';

/** What a check came to. */
export type Checked = {
  readonly ok: true;
  readonly id: string;
  readonly extractId: string;
  readonly version: number;
  readonly checkedAt: Date;
  /** For each text asked, in order: ten digits when the patient is permitted, else null. */
  readonly answers: readonly (string | null)[];
  readonly counts: { readonly asked: number; readonly permitted: number; readonly withheld: number };
  /** The ledger that it was decided on; the root in hexadecimal. */
  readonly ledger: { readonly size: number; readonly root: string };
};

/**
 * Says which of these patients may be in an extract now. What is permitted counts as having left.
 *
 * @param asked NHS numbers as they came, 1 to 100,000
 * @param format `application/json` or `text/plain`
 */
export async function checkNumbers(
  _guard: Guard,
  _job: Job,
  _extractId: string,
  _asked: readonly string[],
  _format: string,
): Promise<Checked | Refused> {
  throw new Error('Being written');
}
