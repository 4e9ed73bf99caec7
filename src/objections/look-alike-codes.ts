/** A code that says something about sharing and is neither a type 1 nor a type 2 objection. */
export type LookAlike = {
  /** In Read v2 and in CTV3, without the padding dots. */
  readonly codes: readonly string[];
  readonly term: string;
  /** What it really is, for somebody who takes it for an objection. */
  readonly is: string;
  readonly source: string;
  /** When it was looked up, `YYYY-MM-DD`. */
  readonly on: string;
};

const found = { source: 'North West London Discovery, list of consent codes', on: '2026-11-20' } as const;
const SCR = 'Keeps the Summary Care Record from being made: that is about direct care';
const SHARED = 'Is about a shared record, for direct care';

/** Somebody has to be able to see that these were found, and did not count. As data: a code that changes is changed here. */
export const lookAlikes: readonly LookAlike[] = [
  {
    codes: ['9Ndo', 'XaXj6'],
    term: 'Express dissent for Summary Care Record dataset upload',
    is: SCR,
    ...found,
  },
  {
    codes: ['93C3', 'XaKRy'],
    term: 'Refused consent for upload to national shared electronic record',
    is: SCR,
    ...found,
  },
  {
    codes: ['93C1', 'XaKRw'],
    term: 'Refused consent for upload to local shared electronic record',
    is: SHARED,
    ...found,
  },
  {
    codes: ['9M1', 'XaJrC'],
    term: 'Informed dissent for national audit',
    is: 'Is about one national audit, not about everything beyond care',
    ...found,
  },
  { codes: ['9Nd1', 'XaKII'], term: 'No consent for electronic record sharing', is: SHARED, ...found },
  {
    codes: ['9Nd9', 'XaN25'],
    term: 'Declined consent for PCT to review patient record',
    is: 'Is about a body that looked at single records, and is gone',
    ...found,
  },
  {
    codes: ['9NdH', 'XaNwT'],
    term: 'Declined consent to share patient data with specified 3rd party',
    is: 'Is about the one third party that it names',
    ...found,
  },
  {
    codes: ['9NdJ', 'XaNwU'],
    term: 'Consent withdrawn to share patient data with specified 3rd party',
    is: 'Is about the one third party that it names',
    ...found,
  },
  {
    codes: ['9Ndt', 'XaY7Y'],
    term: 'Dissent for key information summary upload',
    is: 'Is about a summary in Scotland, for direct care',
    ...found,
  },
  {
    codes: ['9Nd7', 'XaNwR'],
    term: 'Consent for electronic record sharing, or with a specified 3rd party',
    is: 'Is a consent, and no objection at all',
    ...found,
  },
];

const byCode = new Map(lookAlikes.flatMap((one) => one.codes.map((code) => [code, one] as const)));

/** @param code as systems write it, in its own capitals, with or without the padding of Read v2 */
export function lookAlikeOf(code: string): LookAlike | undefined {
  return byCode.get(code.replace(/\.+(00)?$/, ''));
}
