import { londonDay } from '../day.ts';
import { obligationTo } from '../extracts/applied-types.ts';
import { type Exemption, isInForce } from '../extracts/exemptions/exemption.ts';
import { type Application, rulesOfGround } from '../extracts/grounds.ts';
import type { VersionRecord } from '../extracts/registered-version.ts';
import type { ObjectionType } from '../objections/objection.ts';
import { publicText } from './public-text.ts';
import type { Applied, RegisteredVersion } from './register.ts';

/** What has to be known to tell of a version. */
export type Around = {
  readonly day: string;
  readonly exemptions: readonly Exemption[];
  /** The role of somebody, by id; undefined: it was no member of staff. */
  roleOf(id: string): string | undefined;
};

/** What is said of who acted and is no member of staff. */
export const NO_MEMBER = 'command-line';
/** Only a guardian approves (src/staff/permissions.ts). */
export const APPROVES = 'guardian';

/** The day of an instant, where there is one. */
export const dayOf = (at: Date | null): string | null => at && londonDay(at);
const words = (text: string | null): string | null =>
  text === null || text === '' ? null : publicText(text);

/** A version as everybody may see it: without whom to ask at the recipient, and what only the practice wrote down. */
export function versionOf(one: VersionRecord, facts: Around): RegisteredVersion {
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
  { exemptions, day }: Around,
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
