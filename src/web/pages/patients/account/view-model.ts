import { londonDay, showDay, showInstant } from '../../../../day.ts';
import type { Field, Treatment } from '../../../../extracts/extract.ts';
import { rulesOfGround } from '../../../../extracts/grounds.ts';
import type { Reason } from '../../../../guard/decide.ts';
import { isStillHeld } from '../../../../usage-account/held-until.ts';
import { holdersOf } from '../../../../usage-account/holders.ts';
import type { KeptOut, Left, Time, UsageAccount } from '../../../../usage-account/usage-account.ts';
import { paths } from '../../../paths.ts';
import { daysByMonth } from './days-of.ts';

/** So many releases are linked to from one extract of an account, at most. */
const MOST_LINKS = 200;

/**
 * The account as the patient reads it: short words, short sentences.
 *
 * @param mayOpen whether to link to each release
 */
export function accountView(account: UsageAccount, today: string, mayOpen: boolean) {
  const times = account.left.flatMap((one) => one.times);
  return {
    left: account.left.map((one) => leftView(one, today, mayOpen)),
    keptOut: account.keptOut.map(keptOutView),
    leftCount: times.length,
    holders: holdersOf(account, today).map(({ version, heldUntil }) => ({
      recipient: version.recipient,
      name: version.name,
      held: heldWords(heldUntil, today),
    })),
    nationalOptOut: nationalOptOutWords(account.withNationalOptOut),
  };
}

function leftView({ version, heldUntil, times }: Left, today: string, mayOpen: boolean) {
  const { name, recipient, purpose, fields } = version;
  return {
    name,
    recipient,
    purpose,
    fields: fields.map(fieldWords),
    held: heldWords(heldUntil, today),
    why: whyNotStopped(version.ground),
    ...countsOf(times),
    sent: daysByMonth(of(times, 'release')),
    checked: daysByMonth(of(times, 'check')),
    unsure: daysByMonth(times.filter(isUnsure).map(({ at }) => at)),
    links: mayOpen ? times.slice(0, MOST_LINKS).map(linkOf) : [],
    moreLinks: mayOpen ? Math.max(0, times.length - MOST_LINKS) : 0,
  };
}

function keptOutView({ version, reasons }: KeptOut) {
  const { name, recipient, purpose } = version;
  return {
    name,
    recipient,
    purpose,
    reasons: reasons.map(({ reason, times }) => ({
      why: keptOutWords[reason],
      ...countsOf(times),
      // A single day is said already.
      days: times.length > 1 ? daysByMonth(times.map(({ at }) => at)) : [],
    })),
  };
}

function countsOf(times: readonly Time[]) {
  const days = times.map(({ at }) => londonDay(at)).sort();
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const count = times.length;
  return {
    count,
    when:
      first === last
        ? `${count === 1 ? 'Once' : `${count} times`}, on ${showDay(first)}`
        : `${count} times, from ${showDay(first)} to ${showDay(last)}`,
  };
}

const of = (times: readonly Time[], kind: string): Date[] =>
  times.filter((time) => time.kind === kind).map(({ at }) => at);

/** Whether nobody can say that it arrived. It counts as having left all the same. */
const isUnsure = ({ kind, status }: Time): boolean => kind === 'release' && status !== 'complete';

const linkOf = ({ releaseId, at, kind }: Time) => ({
  text: `${kind === 'check' ? 'Check' : 'Release'} of ${showInstant(at)}`,
  href: paths.release(releaseId),
});

const treatmentWords: Readonly<Record<Treatment, string>> = {
  keep: '',
  year: ' (only the year)',
  month: ' (only the month and year)',
  'outward-code': ' (only the first half of the postcode)',
  pseudonym: ' (replaced by a code that does not say who you are)',
};

const fieldWords = ({ name, treatment }: Field): string =>
  `${name.replaceAll('_', ' ')}${treatmentWords[treatment]}`;

/** Until when a recipient may hold the data, as the patient reads it. @param until `YYYY-MM-DD`; null: nobody has said */
export function heldWords(until: string | null, today: string): string {
  if (until === null) return 'We do not know. Nobody has written down until when they may hold it.';
  return isStillHeld(until, today)
    ? `They may hold it until ${showDay(until)}.`
    : `They had to stop holding it by ${showDay(until)}.`;
}

/** Why an objection does not stop an extract on this ground; undefined where it does. */
function whyNotStopped(ground: string): string | undefined {
  const { type1, type2, why } = rulesOfGround(ground);
  if (type1 !== 'not-applied' || type2 !== 'not-applied') return undefined;
  return `An objection does not stop this one. ${why ?? ''}`.trim();
}

/** Why somebody was kept out, said to them. */
export const keptOutWords: Readonly<Record<Reason, string>> = {
  'objected-type-1': 'You had a type 1 objection.',
  'objected-type-2': 'You had a type 2 objection.',
  'national-opt-out': 'You had a National Data Opt-out.',
  'no-consent': 'You had not agreed to it.',
  'not-told': 'We had not told you about it yet.',
  restricted: 'Your record is specially protected.',
  ambiguous: 'Two records had the same NHS number, and we could not tell whose data it was.',
  'left-practice': 'You were not registered with us at the time.',
  'not-on-list': 'You were not on our patient list at the time.',
  'no-nhs-number': 'There was no NHS number with it.',
  'invalid-nhs-number': 'The NHS number with it was not valid.',
  'cannot-be-read': 'It could not be read.',
  'not-approved': 'This kind of data may not leave.',
};

function nationalOptOutWords(count: number): string {
  const rule =
    'We may not keep a list of who has a National Data Opt-out. We keep only how many it held back.';
  return count === 0
    ? `${rule} So far it has held back nobody in our extracts.`
    : `${rule} It held back somebody in ${count === 1 ? '1 extract' : `${count} extracts`}. We cannot say whether that was you.`;
}
