import { z } from 'zod';
import { grounds } from '../../../../extracts/grounds.ts';
import type { Content } from '../../../../extracts/registered-version.ts';
import { MOST_TOLD_DAYS } from '../../../../extracts/telling-first.ts';
import { objectionTypes } from '../../../../objections/objection.ts';
import { dayField, dayValues, optionalDay } from '../../../day-field.ts';
import type { FieldError } from '../../../form.ts';
import { neededText, plainText } from '../../objections/plain-text.ts';

const LINE = 200;
const WORDS = 2000;
const groundNames = Object.keys(grounds) as [keyof typeof grounds, ...(keyof typeof grounds)[]];
const ticked = z
  .unknown()
  .optional()
  .transform((sent) => sent === 'yes');
const several = <T extends string>(known: readonly [T, ...T[]]) =>
  z.preprocess((sent) => [sent ?? []].flat(), z.array(z.enum(known)).catch([]));

/** An amount above nothing; empty switches the rule off. Percentages become shares. */
const limit = (name: string, most: number, share: boolean) =>
  plainText(10, name).transform((typed, context): number | null => {
    if (typed === '') return null;
    const number = /^\d+(\.\d+)?%?$/.test(typed) ? Number.parseFloat(typed) : Number.NaN;
    if (number > 0 && number <= most) return share ? number / 100 : Math.round(number);
    context.addIssue({ code: 'custom', message: `${name} must be a number from 1 to ${most}, or empty` });
    return z.NEVER;
  });

/** A whole number of days; empty switches the rule off. */
const wholeDays = (name: string, most: number) =>
  plainText(10, name).transform((typed, context): number | null => {
    if (typed === '') return null;
    const days = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
    if (days >= 1 && days <= most) return days;
    const message = `${name} must be a whole number from 1 to ${most}, or empty`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** What is said of an extract, but for its fields, which have a page of their own. */
export const contentForm = z
  .object({
    name: neededText(80, 'Name', 'Enter a name for the extract'),
    recipient: neededText(LINE, 'Recipient', 'Enter who gets the data'),
    recipientOds: plainText(10, 'ODS code').transform((code) => code.toUpperCase()),
    recipientIsCompany: z
      .enum(['yes', 'no'])
      .optional()
      .catch(undefined)
      .transform((said) => (said === undefined ? null : said === 'yes')),
    contact: plainText(LINE, 'Whom to ask there'),
    purpose: neededText(WORDS, 'Purpose', 'Enter the purpose in plain words'),
    payment: plainText(WORDS, 'Who pays'),
    passedOn: plainText(WORDS, 'Passing on'),
    ground: z.enum(groundNames, 'Select the ground'),
    reference: plainText(LINE, 'Reference of the ground'),
    groundExpiresOn: optionalDay('Day on which it expires'),
    groundWords: plainText(WORDS, 'What the ground asks for'),
    stricter: several(objectionTypes),
    gdprBasis: plainText(LINE, 'UK GDPR basis'),
    confidentialityBasis: plainText(WORDS, 'Common law basis'),
    startsOn: dayField('First day', 'Enter the first day'),
    endsOn: dayField('Last day', 'Enter the last day'),
    frequency: plainText(LINE, 'How often it runs'),
    agreementReference: plainText(LINE, 'Agreement'),
    agreementStartsOn: optionalDay('First day of the agreement'),
    agreementEndsOn: optionalDay('Last day of the agreement'),
    destroyBy: optionalDay('Day by which the data is destroyed'),
    checksApproved: ticked,
    includeLeft: ticked,
    toldDays: wholeDays('Days since patients were told', MOST_TOLD_DAYS),
    usualNumber: limit('Distance from the usual number', 1000, true),
    listAgeDays: limit('Age of the patient list', 1000, false),
    maxUnreadable: limit('Share of unreadable rows', 100, true),
  })
  .transform(({ usualNumber, listAgeDays, maxUnreadable, ...said }) => ({
    ...said,
    stops: { usualNumber, listAgeDays, maxUnreadable },
  }));

const yes = (is: boolean): string | undefined => (is ? 'yes' : undefined);
const percent = (share: number | null): string =>
  share === null ? '' : String(Math.round(share * 10_000) / 100);

/** A version's content as the values of the form. */
export function valuesOf(content: Content): Record<string, unknown> {
  const {
    stops,
    recipientIsCompany: isCompany,
    checksApproved,
    includeLeft,
    toldDays,
    stricter,
    ...said
  } = content;
  return {
    ...said,
    recipientIsCompany: isCompany === null ? undefined : isCompany ? 'yes' : 'no',
    stricter: [...stricter],
    checksApproved: yes(checksApproved),
    includeLeft: yes(includeLeft),
    toldDays: toldDays === null ? '' : String(toldDays),
    usualNumber: percent(stops.usualNumber),
    listAgeDays: stops.listAgeDays === null ? '' : String(stops.listAgeDays),
    maxUnreadable: percent(stops.maxUnreadable),
    ...dayValues('startsOn', content.startsOn),
    ...dayValues('endsOn', content.endsOn),
    ...dayValues('groundExpiresOn', content.groundExpiresOn),
    ...dayValues('agreementStartsOn', content.agreementStartsOn),
    ...dayValues('agreementEndsOn', content.agreementEndsOn),
    ...dayValues('destroyBy', content.destroyBy),
  };
}

/** What the register refuses, at the field where the person is. */
export const contentErrors: Readonly<Record<string, FieldError>> = {
  'id-invalid': {
    field: 'extractId',
    text: 'Enter a short name of small letters, digits and hyphens, such as “diabetes-audit”, of up to 60 characters',
  },
  'id-taken': { field: 'extractId', text: 'There is an extract of this short name already. Choose another' },
  'not-named': { field: 'name', text: 'Enter name, recipient and purpose' },
  'unknown-ground': { field: 'ground', text: 'Select the ground' },
  'not-a-day': { field: 'startsOn', text: 'First and last day must be real dates' },
  'ends-before-start': { field: 'endsOn-day', text: 'The last day must not be before the first day' },
  'changed-meanwhile': {
    field: 'name',
    text: 'Somebody else changed this version while you had the page open. What you typed is below: look at the version in another window, and save yours again only if it is to replace theirs',
  },
  'newer-version': {
    field: 'name',
    text: 'There is a later draft of this extract. Go back to the extract, and edit that one',
  },
  ended: { field: 'name', text: 'This version has ended, and cannot be edited. Go back to the extract' },
  'no-such-version': { field: 'name', text: 'This version is no longer here' },
  'field-doubled': { field: 'name', text: 'A field is named twice' },
};
