import type { Treatment } from '../extracts/extract.ts';
import { rulesOfGround } from '../extracts/grounds.ts';
import { isUsualName, namedPeople } from '../guard/person-columns.ts';
import { isStillHeld } from './held-until.ts';
import type { Left, Time, UsageAccount } from './usage-account.ts';
import type { AccountedVersion } from './usage-account-store.ts';

/** A recipient who holds a patient's data from one extract, under an agreement that is still running. */
export type Holder = {
  /** The newest version under which the data left to this recipient. */
  readonly version: AccountedVersion;
  /** `YYYY-MM-DD`; null: nobody has said, so it has to be taken that they hold it. */
  readonly heldUntil: string | null;
  /** Newest first. */
  readonly times: readonly Time[];
  /** By what the recipient can find the patient again; null: by nothing that the practice knows. */
  readonly knownBy: KnownBy | null;
  /** The types of objection that this extract keeps to; none: an objection asks nothing of the recipient. */
  readonly appliesTypes: readonly string[];
};

/** The extract's own reference for a patient: what left as the NHS number. */
export type KnownBy = 'nhs-number' | 'pseudonym';

/** Who holds a patient's data on a day, the last that got some first. @param today `YYYY-MM-DD` */
export function holdersOf({ left }: UsageAccount, today: string): Holder[] {
  const byRecipient = new Map<string, Left[]>();
  for (const one of left) {
    const { extractId, recipient, recipientOds } = one.version;
    const key = JSON.stringify([extractId, recipient, recipientOds]);
    byRecipient.set(key, [...(byRecipient.get(key) ?? []), one]);
  }
  return [...byRecipient.values()].flatMap((same) => {
    const [newest] = same;
    if (newest === undefined || !isStillHeld(newest.heldUntil, today)) return [];
    const times = same
      .flatMap((one) => one.times)
      .sort((one, other) => other.at.getTime() - one.at.getTime());
    const { version, heldUntil } = newest;
    const knownBy = knownByOf(same.map((one) => one.version));
    return [{ version, heldUntil, times, knownBy, appliesTypes: typesOf(version.ground) }];
  });
}

/**
 * Never more than what left with every version: where one gave a pseudonym, the recipient is not to learn the number
 * from a letter.
 */
function knownByOf(versions: readonly AccountedVersion[]): KnownBy | null {
  const treatments = versions.map(numberTreatment);
  if (treatments.includes('pseudonym')) return 'pseudonym';
  return treatments.every((one) => one === 'keep') ? 'nhs-number' : null;
}

/** What was done to the NHS number before it left; undefined when it did not leave. */
function numberTreatment(version: AccountedVersion): Treatment | undefined {
  const people = namedPeople(version);
  const isNumber = (name: string) =>
    people === null
      ? isUsualName(name)
      : people.some((person) => person.kind === 'nhs-number' && person.name === name);
  return version.fields.find(({ name }) => isNumber(name.trim()))?.treatment;
}

function typesOf(ground: string): string[] {
  const { type1, type2 } = rulesOfGround(ground);
  return [...(type1 === 'not-applied' ? [] : ['type-1']), ...(type2 === 'not-applied' ? [] : ['type-2'])];
}
