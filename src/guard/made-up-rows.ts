import type { ExtractVersion } from '../extracts/extract.ts';
import type { Application, GroundRules } from '../extracts/grounds.ts';
import type { ObjectionType } from '../objections/objection.ts';
import { localIdKinds } from '../patients/local-ids.ts';
import type { Rule } from './decide.ts';
import { NOBODY } from './decide-people.ts';
import { PatientIndex, type PatientRecord } from './patient-index.ts';

/** Of a made-up patient; everybody else was told on the last day that counts. */
type WasTold = 'never' | 'a-day-late' | 'in-time';

/** A row of the guard's self-test: somebody made up, whose number (999 990 …) was never issued. */
export type MadeUpRow = {
  /** What stands in the column with the NHS number. */
  readonly cell: string;
  /** What is known of each patient with that number. Everybody on the list has consented, and was told on the last day that counts, unless it says otherwise. */
  readonly known: readonly (Partial<PatientRecord> & {
    readonly withoutConsent?: true;
    readonly wasTold?: WasTold;
  })[];
  /** Read from the table of grounds and what the guardian decided, not from the rule that the guard made of them. */
  readonly mayLeave: (ground: GroundRules, decided: GuardianDecided) => boolean;
};

/** What was approved for the version, besides its ground. */
export type GuardianDecided = Pick<ExtractVersion, 'includeLeft'> & {
  readonly stricter?: readonly ObjectionType[];
  /** The types from which an exemption is in force. */
  readonly exempt?: readonly ObjectionType[];
  readonly toldDays?: number | null;
};

const never = () => false;
const whereNobodyNeedsToBeTold: MadeUpRow['mayLeave'] = ({ tellingOnlyWarns }, { toldDays = null }) =>
  toldDays === null || tellingOnlyWarns === true;

const mayLeaveDespite =
  (type: ObjectionType, applicationOf: (ground: GroundRules) => Application): MadeUpRow['mayLeave'] =>
  (ground, { stricter = [], exempt = [] }) => {
    if (stricter.includes(type)) return false;
    const application = applicationOf(ground);
    // An objection that counts against a consent has ended it: this one came before.
    return application === 'not-applied' || application === 'consent-only' || exempt.includes(type);
  };

/** One for each reason to withhold; the first is the control, who has to leave. */
export const madeUpRows: readonly MadeUpRow[] = [
  { cell: '9999000010', known: [{}], mayLeave: () => true },
  {
    cell: '9999000029',
    known: [{ objected: { type1: true, type2: false } }],
    mayLeave: mayLeaveDespite('type-1', ({ type1 }) => type1),
  },
  {
    cell: '9999000037',
    known: [{ objected: { type1: false, type2: true } }],
    mayLeave: mayLeaveDespite('type-2', ({ type2 }) => type2),
  },
  { cell: '9999000045', known: [{ left: true }], mayLeave: (_, { includeLeft }) => includeLeft },
  { cell: '9999000053', known: [{ restricted: true }], mayLeave: never },
  { cell: '9999000061', known: [{}, {}], mayLeave: never },
  {
    cell: '9999000118',
    known: [{ withoutConsent: true }],
    mayLeave: ({ type1 }) => type1 !== 'consent-only',
  },
  { cell: '9999000126', known: [{ wasTold: 'never' }], mayLeave: whereNobodyNeedsToBeTold },
  { cell: '9999000134', known: [{ wasTold: 'a-day-late' }], mayLeave: whereNobodyNeedsToBeTold },
  { cell: '9999000088', known: [], mayLeave: never },
  { cell: '9999000096', known: [{ listed: false }], mayLeave: never },
  { cell: '9999000011', known: [], mayLeave: never },
  { cell: '""', known: [], mayLeave: never },
];

const patients = madeUpRows.flatMap((row) => row.known.map((known) => ({ row, known })));

/** The ordinal of the row's patient in {@link madeUpIndexFor}; NOBODY where there is none. */
export function ordinalOf(row: MadeUpRow): number {
  const ordinal = patients.findIndex((patient) => patient.row === row);
  return ordinal < 0 ? NOBODY : ordinal;
}

/** The id of the row's patient in the practice's own system; '' where the row has no number either. */
export function localIdOf(row: MadeUpRow): string {
  return numberOf(row) === '' ? '' : `made-up-${madeUpRows.indexOf(row)}`;
}

/** What is in the cell, without its quotes. */
export function numberOf({ cell }: MadeUpRow): string {
  return cell.replaceAll('"', '');
}

/** By this the made-up people were told. */
const MADE_UP_NOTICE = 'made-up';

/** The rule as it is tried on made-up people: whom no notice of the practice ever told, one of their own did. */
export function ruleForMadeUp(rule: Rule): Rule {
  const { told } = rule;
  return told === undefined ? rule : { ...rule, told: { ...told, by: [...told.by, MADE_UP_NOTICE] } };
}

/** The lists that were made last: each check asks for one, and nearly always for the same. */
const made = new Map<string, PatientIndex>();
const MOST_MADE = 16;

/** The made-up people as a patient list, of which all but one consented to an extract, and all but two were told in time. */
export function madeUpIndexFor({ consentTo, told }: Rule): PatientIndex {
  const until = told?.until ?? 0;
  const name = JSON.stringify([consentTo ?? null, until]);
  const known = made.get(name);
  if (known !== undefined) return known;
  if (made.size === MOST_MADE) made.clear();
  const index = makeIndex(consentTo, until);
  made.set(name, index);
  return index;
}

function makeIndex(consentTo: string | undefined, until: number): PatientIndex {
  const days: Readonly<Record<WasTold, number>> = { never: 0, 'a-day-late': until + 1, 'in-time': until };
  return PatientIndex.empty.with(
    1,
    patients.map(({ row, known: { withoutConsent, wasTold = 'in-time', ...known } }, ordinal) => ({
      ordinal,
      id: `made-up-${ordinal}`,
      nhsNumber: row.cell,
      person: null,
      listed: true,
      left: false,
      restricted: false,
      objected: { type1: false, type2: false },
      localIds: localIdKinds.map((kind) => ({ kind, value: localIdOf(row) })),
      told: [{ notice: MADE_UP_NOTICE, day: days[wasTold] }],
      consents: consentTo === undefined || withoutConsent ? [] : [consentTo],
      ...known,
    })),
  );
}
