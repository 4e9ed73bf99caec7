import { londonDay } from '../day.ts';
import { obligationTo } from '../extracts/applied-types.ts';
import { type Exemption, isInForce } from '../extracts/exemptions/exemption.ts';
import { type Application, rulesOfGround } from '../extracts/grounds.ts';
import type { OtherFlow } from '../extracts/other-flow.ts';
import type { VersionRecord } from '../extracts/registered-version.ts';
import type { ObjectionType } from '../objections/objection.ts';
import { makeReleases, type ReleaseFacts } from './make-releases.ts';
import { publicText } from './public-text.ts';
import {
  type Applied,
  type Register,
  type RegisteredCount,
  type RegisteredExemption,
  type RegisteredFlow,
  type RegisteredStop,
  type RegisteredVersion,
  releasesFrom,
} from './register.ts';

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

/** Everything that a register is made of, as of one moment. */
export type RegisterFacts = ReleaseFacts & {
  readonly day: string;
  readonly practice: { readonly ods: string; readonly name: string };
  readonly checked: { readonly at: Date; readonly ok: boolean } | null;
  readonly versions: readonly VersionRecord[];
  /** Those that were ever approved. */
  readonly exemptions: readonly Exemption[];
  readonly stops: readonly StopFacts[];
  readonly otherFlows: readonly OtherFlow[];
  /** Of the months that are over and not in the register before. */
  readonly objections: readonly RegisteredCount[];
  /** The role of somebody, by id; undefined: it was no member of staff. */
  roleOf(id: string): string | undefined;
};

/** What is said of who acted and is no member of staff. */
const NO_MEMBER = 'command-line';
/** Only a guardian approves (src/staff/permissions.ts). */
const APPROVES = 'guardian';

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
    telling: null,
  };
}

const dayOf = (at: Date | null): string | null => at && londonDay(at);
const words = (text: string | null): string | null =>
  text === null || text === '' ? null : publicText(text);

function versionOf(one: VersionRecord, facts: RegisterFacts): RegisteredVersion {
  return {
    version: one.version,
    name: publicText(one.name),
    state: stateOf(one, facts.day),
    recipient: publicText(one.recipient),
    recipientOds: one.recipientOds,
    recipientIsCompany: one.recipientIsCompany,
    purpose: publicText(one.purpose),
    payment: words(one.payment),
    passedOn: words(one.passedOn),
    ground: one.ground,
    reference: publicText(one.reference),
    groundExpiresOn: one.groundExpiresOn,
    gdprBasis: words(one.gdprBasis),
    confidentialityBasis: words(one.confidentialityBasis),
    objections: objectionsOf(one, facts),
    fields: one.fields.map(({ name, treatment }) => ({ name, treatment })),
    resources: one.fhir?.types ?? [],
    freeText: (one.freeText ?? []).map(({ field }) => field),
    fieldGroups: (one.fieldGroups ?? []).map(({ name, fields, reason }) => ({
      name: publicText(name),
      fields,
      reason: publicText(reason),
    })),
    startsOn: one.startsOn,
    endsOn: one.endsOn,
    frequency: words(one.frequency),
    agreement: {
      reference: words(one.agreementReference),
      startsOn: one.agreementStartsOn,
      endsOn: one.agreementEndsOn,
    },
    destroyBy: one.destroyBy,
    destroyedOn: one.destroyedOn,
    certificate: words(one.certificateReference),
    checksApproved: one.checksApproved,
    includeLeft: one.includeLeft,
    registeredOn: londonDay(one.registeredAt),
    registeredBy: facts.roleOf(one.registeredBy) ?? NO_MEMBER,
    approvedOn: londonDay(one.approvedAt ?? one.registeredAt),
    approvedBy: APPROVES,
    suspendedOn: one.state === 'suspended' ? dayOf(one.suspendedAt) : null,
    endedOn: dayOf(one.endedAt),
  };
}

function stateOf({ state, startsOn, endsOn }: VersionRecord, day: string): string {
  if (state === 'superseded') return 'replaced';
  if (state !== 'approved') return state;
  return day < startsOn ? 'not-begun' : day > endsOn ? 'over' : 'in-force';
}

function objectionsOf(
  { ground, stricter, extractId, version }: VersionRecord,
  { exemptions, day }: RegisterFacts,
): RegisteredVersion['objections'] {
  const rules = rulesOfGround(ground);
  const exempt = exemptions
    .filter((one) => one.extractId === extractId && one.version === version && isInForce(one, day))
    .map(({ type }) => type);
  const applied = (type: ObjectionType, said: Application): Applied => {
    if (said === 'consent-only') return 'consent';
    return obligationTo(type, { ground, stricter, exempt }) === 'must' ? 'applied' : 'not-applied';
  };
  const all = {
    type1: applied('type-1', rules.type1),
    type2: applied('type-2', rules.type2),
    nationalOptOut: nationally(rules.nationalOptOut),
  };
  const isWhole = Object.values(all).every((one) => one === 'applied');
  return { ...all, why: isWhole ? null : (rules.why ?? null) };
}

function nationally(said: Application): Applied {
  return said === 'consent-only' ? 'consent' : said === 'not-applied' ? 'not-applied' : 'applied';
}

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
