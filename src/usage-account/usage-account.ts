import type { Reason } from '../guard/decide.ts';
import { heldUntil } from './held-until.ts';
import type { AccountedVersion, Fate } from './usage-account-store.ts';

/** One time that data left, or was kept back. */
export type Time = Pick<Fate, 'releaseId' | 'kind' | 'status'> & { readonly at: Date };

/** What left for one reason to one recipient, as one thing to tell of. */
export type Left = {
  /** The newest version under which it left. */
  readonly version: AccountedVersion;
  /** `YYYY-MM-DD`; null: nobody has said. */
  readonly heldUntil: string | null;
  /** Newest first. */
  readonly times: readonly Time[];
};

/** What a patient was kept out of. */
export type KeptOut = {
  readonly version: AccountedVersion;
  readonly reasons: readonly { readonly reason: Reason; readonly times: readonly Time[] }[];
};

/** The data usage account of one person: each list with the last used extract first. */
export type UsageAccount = {
  readonly left: readonly Left[];
  readonly keptOut: readonly KeptOut[];
  /** Releases and checks in which the national opt-out held somebody back; who, is not kept. */
  readonly withNationalOptOut: number;
};

/**
 * Puts together what became of one person.
 *
 * @param fates of each record of the person. Where one record left, the person's data left
 */
export function usageAccount(
  fates: readonly (readonly Fate[])[],
  versions: readonly AccountedVersion[],
  withNationalOptOut = 0,
): UsageAccount {
  const all = onePerson(fates.flat());
  const named = new Map(versions.map((one) => [`${one.extractId} ${one.version}`, one]));
  const versionOf = (fate: Fate) => named.get(`${fate.extractId} ${fate.version}`) ?? unknown(fate);
  const left = grouped(
    all.filter(({ withheld }) => withheld === null),
    (fate) => toldOf(versionOf(fate)),
  );
  const kept = grouped(
    all.filter(({ withheld }) => withheld !== null),
    (fate) => toldOf({ ...versionOf(fate), fields: [] }),
  );
  return {
    left: left.map((some) => {
      const version = versionOf(newestOf(some));
      return { version, heldUntil: heldUntil(versions, version), times: some.map(timeOf) };
    }),
    keptOut: kept.map((some) => ({
      version: versionOf(newestOf(some)),
      reasons: grouped(some, ({ withheld }) => String(withheld)).map((same) => ({
        reason: newestOf(same).withheld as Reason,
        times: same.map(timeOf),
      })),
    })),
    withNationalOptOut,
  };
}

/** One fate a release and reason, newest first; none of being withheld where another record of the person left. */
function onePerson(fates: readonly Fate[]): Fate[] {
  const left = new Set(fates.flatMap(({ releaseId, withheld }) => (withheld === null ? releaseId : [])));
  const once = new Map<string, Fate>();
  for (const fate of fates)
    if (fate.withheld === null || !left.has(fate.releaseId))
      once.set(`${fate.releaseId} ${fate.withheld}`, fate);
  return [...once.values()].sort(
    (one, other) =>
      other.decidedAt.getTime() - one.decidedAt.getTime() || (one.releaseId < other.releaseId ? 1 : -1),
  );
}

/** Groups in the order of their first. */
function grouped(fates: readonly Fate[], keyOf: (fate: Fate) => string): Fate[][] {
  const groups = new Map<string, Fate[]>();
  for (const fate of fates) {
    const group = groups.get(keyOf(fate)) ?? [];
    groups.set(keyOf(fate), group);
    group.push(fate);
  }
  return [...groups.values()];
}

/** What is told of a version: two that say the same to the patient are one. */
const toldOf = ({ extractId, name, recipient, recipientOds, purpose, fields }: AccountedVersion): string =>
  JSON.stringify([extractId, name, recipient, recipientOds, purpose, fields]);

const timeOf = ({ releaseId, kind, status, decidedAt }: Fate): Time => ({
  releaseId,
  kind,
  status,
  at: decidedAt,
});

function newestOf(fates: readonly Fate[]): Fate {
  const [newest] = fates;
  if (newest === undefined) throw new Error('a group without a member');
  return newest;
}

/** A version that is not there any more hides nothing: that something left is told all the same. */
const unknown = ({ extractId, version }: Fate): AccountedVersion => ({
  extractId,
  version,
  state: 'ended',
  name: extractId,
  recipient: 'Not known',
  recipientOds: '',
  purpose: 'Not known',
  ground: 'other',
  fields: [],
  nhsNumberColumn: null,
  personColumns: null,
  contact: null,
  agreementReference: null,
  agreementEndsOn: null,
  destroyBy: null,
});
