import { obligationTo } from '../extracts/applied-types.ts';
import type { ExtractVersion } from '../extracts/extract.ts';
import { type Application, rulesOfGround } from '../extracts/grounds.ts';
import type { ObjectionType } from '../objections/objection.ts';
import { NO_NUMBER } from '../patients/nhs-number.ts';

/**
 * Why a row is withheld. Accounts keep a reason as its place in this list, so it only ever grows at the end.
 * `national-opt-out` and `not-told` wait for their data: see {@link ruleFor}.
 */
export const reasons = [
  'cannot-be-read',
  'no-nhs-number',
  'invalid-nhs-number',
  'not-on-list',
  'objected-type-1',
  'objected-type-2',
  'ambiguous',
  'restricted',
  'left-practice',
  'national-opt-out',
  'no-consent',
  'not-told',
  'not-approved',
] as const;
export type Reason = (typeof reasons)[number];
export type Decision = 'permit' | Reason;

/** What is known of a patient, as bits. */
export const OBJECTED_TYPE_1 = 1;
export const OBJECTED_TYPE_2 = 2;
export const LEFT = 4;
export const RESTRICTED = 8;
/** The number belongs to two people. */
export const AMBIGUOUS = 16;
/** Somebody who objected, and whom the practice has not found on its list yet. */
export const NOT_ON_LIST = 32;
export const ALL_FLAGS = 63;
/** Consented to the extract, by the rule of src/consents/consent.ts. It alone speaks for the patient's leaving. */
export const CONSENTED = 64;

/** What an approved extract version makes the guard apply. */
export type Rule = {
  readonly withholdsNobody: boolean;
  readonly type1: boolean;
  readonly type2: boolean;
  readonly includeLeft: boolean;
  /** The extract to which patients have to have consented; absent where none is asked for. */
  readonly consentTo?: string;
};

export type NoRule = 'ground-not-ready' | 'aggregate-not-released';

type Ruled = Pick<ExtractVersion, 'ground' | 'includeLeft'> &
  Partial<Pick<ExtractVersion, 'extractId' | 'stricter'>>;

/**
 * The rule of an extract version: from its ground, what its guardian applies besides, and the exemptions approved for
 * it. The caller has no say.
 *
 * @param exempt the types from which an exemption is in force
 * @returns the rule, or why there can be none yet (a ground that needs the national opt-out)
 */
export function ruleFor(
  version: Ruled,
  exempt: readonly ObjectionType[] = [],
): { ok: true; rule: Rule } | { ok: false; reason: NoRule } {
  const { ground: named, stricter = [], extractId, includeLeft } = version;
  const ground = rulesOfGround(named);
  if (ground.notReleased) return { ok: false, reason: 'aggregate-not-released' };
  const onlyConsented = ground.type1 === 'consent-only';
  const needsMore = ground.unclassified || (applies(ground.nationalOptOut) && !onlyConsented);
  if (needsMore) return { ok: false, reason: 'ground-not-ready' };
  const isApplied = (type: ObjectionType) =>
    obligationTo(type, { ground: named, stricter, exempt }) === 'must';
  return {
    ok: true,
    rule: {
      withholdsNobody: ground.withholdsNobody === true,
      type1: isApplied('type-1'),
      type2: isApplied('type-2'),
      includeLeft,
      // Nobody can have consented to an extract without a name.
      ...(onlyConsented && { consentTo: extractId ?? '' }),
    },
  };
}

/** Two rules of one version together: what either withholds. A decision never becomes laxer than its scan was. */
export function strictest(one: Rule, other: Rule): Rule {
  const consentTo = one.consentTo ?? other.consentTo;
  return {
    withholdsNobody: one.withholdsNobody && other.withholdsNobody,
    type1: one.type1 || other.type1,
    type2: one.type2 || other.type2,
    includeLeft: one.includeLeft && other.includeLeft,
    ...(consentTo !== undefined && { consentTo }),
  };
}

/** What is not plainly "not applied" is applied. */
function applies(application: Application): boolean {
  return application !== 'not-applied';
}

/**
 * Decides on a patient of the list. An objection comes before everything else that is known of them.
 *
 * @param flags bits as above, those of every patient with the number together
 */
export function decidePatient(rule: Rule, flags: number): Decision {
  if (rule.withholdsNobody) return 'permit';
  if (rule.type1 && flags & OBJECTED_TYPE_1) return 'objected-type-1';
  if (rule.type2 && flags & OBJECTED_TYPE_2) return 'objected-type-2';
  if (flags & AMBIGUOUS) return 'ambiguous';
  if (flags & NOT_ON_LIST) return 'not-on-list';
  if (flags & RESTRICTED) return 'restricted';
  if (flags & LEFT && !rule.includeLeft) return 'left-practice';
  if (rule.consentTo !== undefined && !(flags & CONSENTED)) return 'no-consent';
  return 'permit';
}

/** What decides on a patient: {@link decidePatient}, or what a test puts in its place to see the guard stop. */
export type Decide = typeof decidePatient;

/**
 * Decides where no patient of the list was found.
 *
 * @param key what nhsNumberKey said: a key, NO_NUMBER or INVALID_NUMBER
 */
export function decideStranger(rule: Rule, key: number): Decision {
  if (rule.withholdsNobody) return 'permit';
  if (key === NO_NUMBER) return 'no-nhs-number';
  return key < 0 ? 'invalid-nhs-number' : 'not-on-list';
}
