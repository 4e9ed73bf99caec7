import { groupBy } from '../group-by.ts';

/** How a patient can be told. Only what reaches the person by name is among them: a poster or a door drop never is. */
export const tellingHows = [
  'letter',
  'text',
  'email',
  'nhs-app',
  'registration-pack',
  'at-the-desk',
] as const;
export type TellingHow = (typeof tellingHows)[number];

export const tellingOutcomes = ['sent', 'delivered', 'bounced', 'returned', 'spoken-to'] as const;
export type TellingOutcome = (typeof tellingOutcomes)[number];

/**
 * What came of one attempt to tell one patient. Acts are only ever added. Whoever keeps one marks the patient as changed in
 * the same transaction (`changedAtIndex` is the act's ledger index): by that the guard's next answer, in any process, knows
 * of it, and `ledger verify` says when it is missing.
 */
export type ToldAct = {
  readonly id: string;
  readonly patientId: string;
  readonly noticeId: string;
  readonly version: number;
  /** The acts of one attempt share it. */
  readonly attemptId: string;
  /** A word that this version does not know tells nobody: doubt means not told. */
  readonly how: string;
  readonly outcome: string;
  /** `YYYY-MM-DD` in London. */
  readonly on: string;
  readonly ledgerIndex: number;
};

/** What says, of each way, that the patient was reached (product.md: what counts as told). */
export const reaches: Readonly<Record<TellingHow, readonly TellingOutcome[]>> = {
  letter: ['sent', 'delivered'],
  'registration-pack': ['sent', 'delivered'],
  text: ['delivered'],
  email: ['delivered'],
  'nhs-app': ['delivered'],
  'at-the-desk': ['spoken-to'],
};

/** What says that an attempt reached nobody, whatever else is said of it. */
export const failures: readonly TellingOutcome[] = ['bounced', 'returned'];

/**
 * Since when a patient counts as told by one attempt.
 *
 * @param acts every act of the attempt
 * @returns the day, or undefined: not told. An attempt that once bounced or came back never counts; the patient is told
 * again by another.
 */
export function toldByAttempt(acts: readonly ToldAct[]): string | undefined {
  if (acts.some(({ outcome }) => (failures as readonly string[]).includes(outcome))) return undefined;
  const days = acts.filter(reached).map(({ on }) => on);
  return days.length === 0 ? undefined : days.reduce((first, day) => (day < first ? day : first));
}

/**
 * Since when a patient counts as told.
 *
 * @param acts every act on the patient by the notices that matter
 * @returns the earliest day of an attempt that reached them, or undefined: not told
 */
export function toldSince(acts: readonly ToldAct[]): string | undefined {
  const attempts = groupBy(acts, ({ attemptId }) => attemptId);
  return [...attempts.values()]
    .map(toldByAttempt)
    .filter((day) => day !== undefined)
    .sort()[0];
}

function reached({ how, outcome }: ToldAct): boolean {
  return Object.hasOwn(reaches, how) && (reaches[how as TellingHow] as readonly string[]).includes(outcome);
}
