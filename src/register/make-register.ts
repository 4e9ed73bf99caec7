import { londonDay } from '../day.ts';
import type { Exemption } from '../extracts/exemptions/exemption.ts';
import type { OtherFlow } from '../extracts/other-flow.ts';
import type { VersionRecord } from '../extracts/registered-version.ts';
import { makeReleases, type ReleaseFacts } from './make-releases.ts';
import { publicText } from './public-text.ts';
import {
  type Register,
  type RegisteredCount,
  type RegisteredExemption,
  type RegisteredFlow,
  type RegisteredStop,
  type RegisteredTelling,
  releasesFrom,
} from './register.ts';
import { APPROVES, type Around, dayOf, NO_MEMBER, versionOf } from './tell-version.ts';

/** A stop of the guard, as it is kept as an incident. */
export type StopFacts = {
  readonly id: string;
  readonly kind: string;
  readonly extractId: string | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** Whether the guardian said that the number is right. */
  readonly numberAccepted: boolean;
};

/** A notice that covers a version of an extract. */
export type TellingFacts = {
  /** As noticeName() of src/notices/covers.ts writes it. */
  readonly notice: string;
  readonly extractId: string;
  readonly extractVersion: number;
  readonly title: string;
  readonly version: number;
  readonly publishedAt: Date;
  readonly withdrawnAt: Date | null;
};

/** Everything that a register is made of, as of one moment. */
export type RegisterFacts = ReleaseFacts &
  Around & {
    readonly practice: { readonly ods: string; readonly name: string };
    readonly checked: { readonly at: Date; readonly ok: boolean } | null;
    readonly versions: readonly VersionRecord[];
    /** Those that were ever approved; also of versions that are over. */
    readonly exemptions: readonly Exemption[];
    readonly stops: readonly StopFacts[];
    readonly otherFlows: readonly OtherFlow[];
    readonly tellings: readonly TellingFacts[];
    /** By notice, what share of the list was told by it; null: this register is not the one of its month that counts. */
    readonly shares: ReadonlyMap<string, string | null> | null;
    /** Of the months that are over and not in the register before. */
    readonly objections: readonly RegisteredCount[];
  };

/** The register of a day from what is kept. What was published of months that are over stays as it was. */
export function makeRegister(facts: RegisterFacts): Register {
  const { day, practice, checked, before } = facts;
  const from = releasesFrom(day);
  const { releases, months, sizes } = makeReleases(facts, from);
  const approved = facts.versions.filter(({ approvedBy }) => approvedBy !== null);
  const ids = [...new Set(approved.map(({ extractId }) => extractId))].sort();
  return {
    v: 1,
    day,
    practice,
    checked: checked && { on: londonDay(checked.at), holds: checked.ok },
    extracts: ids.map((id) => ({
      id,
      size: sizes.get(id) ?? null,
      versions: approved
        .filter(({ extractId }) => extractId === id)
        .sort((one, other) => other.version - one.version)
        .map((version) => versionOf(version, facts)),
    })),
    exemptions: facts.exemptions.map((one) => exemptionOf(one, facts)),
    releasesFrom: from,
    releases,
    months,
    stops: facts.stops.map(stopOf),
    otherFlows: facts.otherFlows.map(flowOf),
    objections: [...(before?.register.objections ?? []), ...facts.objections],
    telling: facts.tellings.map((one) => tellingOf(one, facts)),
  };
}

function tellingOf(one: TellingFacts, { day, before, shares }: RegisterFacts): RegisteredTelling {
  const telling = {
    extract: one.extractId,
    version: one.extractVersion,
    notice: { title: publicText(one.title), version: one.version },
    publishedOn: londonDay(one.publishedAt),
    withdrawnOn: dayOf(one.withdrawnAt),
  };
  const share = shares?.get(one.notice) ?? null;
  if (share !== null) return { ...telling, told: { month: day.slice(0, 7), share } };
  // Until the next count it stays as it was told: nobody can watch it from day to day.
  const earlier = before?.register.telling?.find((other) => isOfSame(other, telling));
  return { ...telling, told: earlier?.told ?? null };
}

const isOfSame = (one: RegisteredTelling, other: Omit<RegisteredTelling, 'told'>): boolean =>
  one.extract === other.extract &&
  one.version === other.version &&
  one.publishedOn === other.publishedOn &&
  one.notice.version === other.notice.version &&
  one.notice.title === other.notice.title;

function exemptionOf(one: Exemption, { roleOf }: RegisterFacts): RegisteredExemption {
  return {
    id: one.id,
    extract: one.extractId,
    version: one.version,
    type: one.type,
    reason: publicText(one.reason),
    reference: publicText(one.reference),
    approvedOn: londonDay(one.decidedAt ?? one.askedAt),
    endsOn: one.endsOn,
    endedOn: dayOf(one.endedAt),
    askedBy: roleOf(one.askedBy) ?? NO_MEMBER,
    approvedBy: APPROVES,
  };
}

/** Nothing that somebody typed: what is said of a stop may name a patient. */
function stopOf({ id, kind, extractId, openedAt, closedAt, numberAccepted }: StopFacts): RegisteredStop {
  const settled = closedAt === null ? null : numberAccepted ? 'number-accepted' : 'looked-at';
  return {
    id,
    kind,
    extract: extractId ?? '',
    day: londonDay(openedAt),
    closedOn: dayOf(closedAt),
    settled,
  };
}

function flowOf({
  id,
  name,
  recipient,
  purpose,
  appliedBy,
  evidencedOn,
  endedAt,
}: OtherFlow): RegisteredFlow {
  return {
    id,
    name: publicText(name),
    recipient: publicText(recipient),
    purpose: publicText(purpose),
    appliedBy: publicText(appliedBy),
    evidencedOn,
    endedOn: dayOf(endedAt),
  };
}
