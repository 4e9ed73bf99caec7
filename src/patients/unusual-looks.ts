import { londonDay } from '../day.ts';
import { groupBy } from '../group-by.ts';
import type { Access, Looked } from './access-log.ts';
import { nameKey, type Patient } from './patient.ts';
import { isOutOfHours } from './practice-hours.ts';

/** What makes looks at patients unusual: a reason to ask, and no proof of anything. In the order of pages. */
export const unusualRules = [
  'own-name',
  'same-surname',
  'restricted',
  'many-patients',
  'again-and-again',
  'out-of-hours',
] as const;
export type UnusualRule = (typeof unusualRules)[number];

/** Somebody at the desk opens one patient after the other, and writes something down about most of them: 20 in an hour without is a browse. */
export const MANY = { patients: 20, withinMinutes: 60 } as const;
/** One question takes a few pages within minutes, and may come up on two or three days; six visits in a week without a word written down do not. */
export const AGAIN = { visits: 6, withinDays: 7, apartMinutes: 10 } as const;

/** One patient opened on purpose. Lists, letters to many and the like show patients whom nobody chose. */
const opened: ReadonlySet<string> = new Set<Looked>([
  'patient-page',
  'account',
  'extracts',
  'plain-answer',
  'access-log',
  'objection-form',
  'evidence',
  'receipt',
  'consents',
]);

export type NameKeys = { readonly givenNameKey: string; readonly familyNameKey: string };

/** Who those are who looked and were looked at. */
export type Known = {
  readonly staff: ReadonlyMap<string, NameKeys>;
  readonly patients: ReadonlyMap<string, NameKeys & Pick<Patient, 'restricted'>>;
  /** `<staff id> <patient id>` where this person wrote something down about this patient in the days looked at. */
  readonly worked: ReadonlySet<string>;
};

export type Unusual = {
  readonly rule: UnusualRule;
  readonly staffId: string;
  /** Null: the rule is not of one patient. */
  readonly patientId: string | null;
  /** `YYYY-MM-DD` in London. */
  readonly day: string;
  /** Looks; for `many-patients` patients, for `again-and-again` visits. */
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** The last look that it is of. */
  readonly toSeq: number;
};

type Subject = { readonly look: Access; readonly known: Known };

/** Rules of one look at one patient, each look by itself. */
const ofOnePatient: readonly (readonly [UnusualRule, (subject: Subject) => boolean])[] = [
  ['own-name', (subject) => isFamily(subject) && isGiven(subject)],
  ['same-surname', (subject) => isFamily(subject) && !isGiven(subject)],
  ['restricted', ({ look, known }) => known.patients.get(look.patientId)?.restricted === true],
];

/**
 * What was unusual in who looked at whom on a day.
 *
 * @param day in London, `YYYY-MM-DD`
 * @param looks of that day and of the six before it, in the order of the log
 */
export function unusualLooks(day: string, looks: readonly Access[], known: Known): Unusual[] {
  const isToday = ({ at }: Access) => londonDay(at) === day;
  const found: Unusual[] = [];
  const note = (
    rule: UnusualRule,
    some: readonly Access[],
    patientId: string | null,
    count = some.length,
  ) => {
    const [first, last] = [some[0], some.at(-1)];
    if (first === undefined || last === undefined) return;
    const { staffId } = first;
    found.push({ rule, staffId, patientId, day, count, firstAt: first.at, lastAt: last.at, toSeq: last.seq });
  };
  for (const own of groupBy(looks, ({ staffId }) => staffId).values()) {
    const on = own.filter(({ what }) => opened.has(what));
    for (const [patientId, some] of groupBy(on, (look) => look.patientId)) {
      const today = some.filter(isToday);
      for (const [rule, holds] of ofOnePatient)
        note(
          rule,
          today.filter((look) => holds({ look, known })),
          patientId,
        );
      const visits = visitsOf(some);
      const isNew = today.length > 0 && !hasWorked(some[0], known);
      if (isNew && visits >= AGAIN.visits) note('again-and-again', some, patientId, visits);
    }
    const browse = widestBrowse(on.filter((look) => isToday(look) && !hasWorked(look, known)));
    note('many-patients', browse.looks, null, browse.patients);
    note(
      'out-of-hours',
      own.filter((look) => isToday(look) && isOutOfHours(look.at)),
      null,
    );
  }
  return found;
}

const hasWorked = (look: Access | undefined, { worked }: Known): boolean =>
  look !== undefined && worked.has(`${look.staffId} ${look.patientId}`);

const names = ({ look, known }: Subject) =>
  [known.staff.get(look.staffId), known.patients.get(look.patientId)] as const;
const isSame = (one: string | undefined, other: string | undefined) =>
  one !== undefined && one !== '' && one === other;

function isFamily(subject: Subject): boolean {
  const [staff, patient] = names(subject);
  return isSame(staff?.familyNameKey, patient?.familyNameKey);
}

function isGiven(subject: Subject): boolean {
  const [staff, patient] = names(subject);
  return isSame(staff?.givenNameKey, patient?.givenNameKey);
}

/** How often a patient was opened anew: pages of one patient within minutes are one visit. */
function visitsOf(looks: readonly Access[]): number {
  let [visits, before] = [0, Number.NEGATIVE_INFINITY];
  for (const { at } of looks) {
    if (at.getTime() - before > AGAIN.apartMinutes * 60_000) visits += 1;
    before = at.getTime();
  }
  return visits;
}

/** The looks of every hour in which too many different patients were opened, and the most of them in one hour. */
function widestBrowse(looks: readonly Access[]) {
  const inBrowse = new Set<Access>();
  let patients = 0;
  let from = 0;
  looks.forEach((last, at) => {
    const since = last.at.getTime() - MANY.withinMinutes * 60_000;
    while ((looks[from]?.at.getTime() ?? 0) <= since) from += 1;
    const hour = looks.slice(from, at + 1);
    const different = new Set(hour.map(({ patientId }) => patientId)).size;
    if (different < MANY.patients) return;
    patients = Math.max(patients, different);
    for (const look of hour) inBrowse.add(look);
  });
  return { looks: looks.filter((look) => inBrowse.has(look)), patients };
}

const TITLES = new Set(['DR', 'MR', 'MRS', 'MS', 'MISS', 'MX', 'PROF', 'PROFESSOR', 'SISTER', 'REV']);

/** The name of an account, which is one text, as names are compared: the last word is the family's. */
export function staffNameKeys(name: string): NameKeys {
  const words = name
    .split(/\s+/)
    .map(nameKey)
    .filter((word) => word !== '' && !TITLES.has(word));
  return { givenNameKey: words.length > 1 ? (words[0] ?? '') : '', familyNameKey: words.at(-1) ?? '' };
}
