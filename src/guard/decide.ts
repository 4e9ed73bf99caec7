import { dayNumber } from '../day.ts';
import { obligationTo } from '../extracts/applied-types.ts';
import type { ExtractVersion } from '../extracts/extract.ts';
import { type Application, rulesOfGround } from '../extracts/grounds.ts';
import { areToldDays, waitsForTelling } from '../extracts/telling-first.ts';
import type { ObjectionType } from '../objections/objection.ts';
import { NO_NUMBER } from '../patients/nhs-number.ts';

/**
 * Why a row is withheld. Accounts keep a reason as its place in this list, so it only ever grows at the end.
 * `national-opt-out` waits for its data: see {@link ruleFor}.
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
/** Told of the extract, long enough ago, by a notice that covers it. */
export const TOLD = 128;

/** What an approved extract version makes the guard apply. */
export type Rule = {
  readonly withholdsNobody: boolean;
  readonly type1: boolean;
  readonly type2: boolean;
  readonly includeLeft: boolean;
  /** The extract to which patients have to have consented; absent where none is asked for. */
  readonly consentTo?: string;
  /** Only who was told leaves; absent where the extract does not ask for it, or its ground only warns. */
  readonly told?: ToldBy;
};

/** Who counts as told. */
export type ToldBy = {
  /** How many days ago it has to be. */
  readonly days: number;
  /** The notices that cover the extract, by noticeName() of src/notices/covers.ts; with none, nobody was told. */
  readonly by: readonly string[];
  /** The last day on which it may have been, as dayNumber() counts. */
  readonly until: number;
};

export type NoRule = 'ground-not-ready' | 'aggregate-not-released';

type Ruled = Pick<ExtractVersion, 'ground' | 'includeLeft'> &
  Partial<Pick<ExtractVersion, 'extractId' | 'stricter' | 'toldDays'>>;

/** What is known on a day of who was told: the notices that cover the version, and the day, `YYYY-MM-DD` in London. */
export type Telling = { readonly by: readonly string[]; readonly today: string };

/**
 * The rule of an extract version: from its ground, what its guardian applies besides, and the exemptions approved for
 * it. The caller has no say.
 *
 * @param exempt the types from which an exemption is in force
 * @param telling left out, nobody counts as told
 * @returns the rule, or why there can be none yet (a ground that needs the national opt-out)
 */
export function ruleFor(
  version: Ruled,
  exempt: readonly ObjectionType[] = [],
  telling?: Telling,
): { ok: true; rule: Rule } | { ok: false; reason: NoRule } {
  const { ground: named, stricter = [], extractId, includeLeft, toldDays = null } = version;
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
      ...(toldDays !== null &&
        waitsForTelling({ ground: named, toldDays }) && { told: toldBy(toldDays, telling) }),
    },
  };
}

/** Days that no extract can ask for were not asked by anybody: then nobody was told. */
function toldBy(days: number, telling: Telling | undefined): ToldBy {
  if (telling === undefined || !areToldDays(days)) return { days, by: [], until: 0 };
  return { days, by: telling.by, until: dayNumber(telling.today) - days };
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
    ...strictestTold(one.told, other.told),
  };
}

function strictestTold(one: ToldBy | undefined, other: ToldBy | undefined): { told?: ToldBy } {
  if (one === undefined || other === undefined) {
    const told = one ?? other;
    return told === undefined ? {} : { told };
  }
  const by = one.by.filter((notice) => other.by.includes(notice));
  const days = Math.max(one.days, other.days);
  return { told: { days, by, until: Math.min(one.until, other.until) } };
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
  if (rule.told !== undefined && !(flags & TOLD)) return 'not-told';
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
