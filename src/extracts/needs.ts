import { monthAfter } from '../working-days.ts';
import { leavesAsItIs, tellingOf } from './field-names.ts';
import { rulesOfGround } from './grounds.ts';
import type { Content, ContentName } from './registered-version.ts';

/** Something without which a version cannot be approved. */
export type Need = {
  readonly code: NeedCode;
  /** What it is about: where to put it right. */
  readonly about: ContentName;
  /** What to do, in a sentence. */
  readonly words: string;
};

type Rule = {
  readonly about: ContentName;
  readonly words: string;
  /** Whether it is missing, or wrong. */
  readonly fails: (content: Content) => boolean;
};

const empty = (text: string | null): boolean => text === null || text.trim() === '';
const on =
  (...grounds: readonly string[]) =>
  ({ ground }: Content): boolean =>
    grounds.includes(ground);
const onGround =
  (grounds: readonly string[], fails: (content: Content) => boolean) =>
  (content: Content): boolean =>
    on(...grounds)(content) && fails(content);

const outlives = ({ endsOn, groundExpiresOn }: Content): boolean =>
  groundExpiresOn !== null && endsOn > groundExpiresOn;

/** Words of a purpose that is refused, whoever asks. National Insurance is no insurance. */
const refusedPurpose = /\b(marketing|advertis\w*|insur(er|ers|ance)|underwriting)\b/i;
const isRefused = ({ name, purpose }: Content): boolean =>
  refusedPurpose.test(`${name} ${purpose}`.replace(/national insurance/gi, ''));

const keptAs = (content: Content, ...what: readonly (string | undefined)[]): boolean =>
  content.fields.some(({ name, treatment }) => leavesAsItIs(treatment) && what.includes(tellingOf(name)));
const keptNumber = (content: Content): boolean => {
  const people = [content.nhsNumberColumn, ...(content.personColumns ?? []).map(({ name }) => name)];
  return (
    keptAs(content, 'nhs-number') ||
    content.fields.some(({ name, treatment }) => leavesAsItIs(treatment) && people.includes(name))
  );
};
const freeTextKept = ({ fields, freeText }: Content): boolean =>
  fields.some(
    ({ name, treatment }) => leavesAsItIs(treatment) && freeText?.some(({ field }) => field === name),
  );

/**
 * What each ground asks for before approval, and what is refused on any: the table of the practice's rules
 * (src/extracts/grounds.ts says the same in words). Held when a version is sent, and again when it is approved.
 */
const groundRules = {
  unclassified: {
    about: 'ground',
    words: 'Classify the extract under one of the other grounds',
    fails: ({ ground }) => rulesOfGround(ground).unclassified === true,
  },
  'purpose-refused': {
    about: 'purpose',
    words: 'Marketing and insurance are refused as purposes',
    fails: isRefused,
  },
  'no-reference': {
    about: 'reference',
    words: 'Enter the reference that the ground needs',
    fails: ({ ground, reference }) => empty(reference) && !rulesOfGround(ground).notReleased,
  },
  'no-consent-evidence': {
    about: 'groundWords',
    words: 'Enter what evidence of consent there is for each patient, and where it is kept',
    fails: onGround(['explicit-consent'], ({ groundWords }) => empty(groundWords)),
  },
  'no-expiry': {
    about: 'groundExpiresOn',
    words: 'Enter the day on which the approval or notice expires',
    fails: onGround(['section-251', 'public-health'], ({ groundExpiresOn }) => groundExpiresOn === null),
  },
  'outlives-ground': {
    about: 'endsOn',
    words: 'The last day of the extract must not be after the day on which the approval or notice expires',
    fails: outlives,
  },
  'no-letter': {
    about: 'groundWords',
    words: 'Enter where the approval letter is kept, and what it says of the national opt-out',
    fails: onGround(['section-251'], ({ groundWords }) => empty(groundWords)),
  },
  'is-a-direction': {
    about: 'ground',
    words: 'Anything under section 259 is a direction of NHS England, never a legal obligation',
    fails: onGround(['legal-obligation'], ({ reference, groundWords }) =>
      /\b(s|sect(ion)?)?\.?\s*259\b/i.test(`${reference} ${groundWords ?? ''}`),
    ),
  },
  'no-minimum-data': {
    about: 'groundWords',
    words: 'Enter the minimum data that the statute or order asks for',
    fails: onGround(['legal-obligation'], ({ groundWords }) => empty(groundWords)),
  },
  'no-written-test': {
    about: 'groundWords',
    words: 'Enter the written test of the public interest',
    fails: onGround(['public-interest'], ({ groundWords }) => empty(groundWords)),
  },
  'over-three-months': {
    about: 'endsOn',
    words: 'An extract in the public interest must end within 3 months of its first day',
    fails: onGround(
      ['public-interest'],
      ({ startsOn, endsOn }) => endsOn > monthAfter(monthAfter(monthAfter(startsOn))),
    ),
  },
  'no-assessment': {
    about: 'groundWords',
    words: 'Enter who assessed that nobody can be recognised, when, and where the assessment is kept',
    fails: onGround(['de-identified'], ({ groundWords }) => empty(groundWords)),
  },
  'keeps-nhs-number': {
    about: 'fields',
    words: 'De-identified data cannot keep an NHS number as it is',
    fails: onGround(['de-identified'], keptNumber),
  },
  'keeps-name': {
    about: 'fields',
    words: 'De-identified data cannot keep a name as it is',
    fails: onGround(['de-identified'], (content) => keptAs(content, 'name')),
  },
  'keeps-date-of-birth': {
    about: 'fields',
    words: 'De-identified data cannot keep a full date of birth',
    fails: onGround(['de-identified'], (content) => keptAs(content, 'date-of-birth')),
  },
  'keeps-postcode': {
    about: 'fields',
    words: 'De-identified data cannot keep a postcode as it is',
    fails: onGround(['de-identified'], (content) => keptAs(content, 'postcode')),
  },
  'keeps-free-text': {
    about: 'fields',
    words: 'De-identified data cannot keep free text',
    fails: onGround(['de-identified'], (content) => freeTextKept(content) || keptAs(content, 'free-text')),
  },
  'free-text-without-reason': {
    about: 'freeText',
    words: 'Enter why each field with free text has to leave',
    fails: ({ freeText }) => (freeText ?? []).some(({ reason }) => empty(reason)),
  },
  'stricter-not-possible': {
    about: 'stricter',
    words: 'Objections cannot be applied to direct care, or against a legal obligation',
    fails: onGround(['direct-care', 'legal-obligation'], ({ stricter }) => (stricter ?? []).length > 0),
  },
} as const satisfies Record<string, Rule>;

/** What the register needs to say of every extract, whatever its ground. Held when a version is sent. */
const registerRules = {
  'no-recipient-kind': {
    about: 'recipientIsCompany',
    words: 'Select whether the recipient is a company',
    fails: ({ recipientIsCompany }) => recipientIsCompany === null,
  },
  'no-payment': {
    about: 'payment',
    words: 'Enter whether anybody pays for it',
    fails: ({ payment }) => empty(payment),
  },
  'no-passing-on': {
    about: 'passedOn',
    words: 'Enter whether it may be passed on',
    fails: ({ passedOn }) => empty(passedOn),
  },
  'no-contact': {
    about: 'contact',
    words: 'Enter whom to ask at the recipient',
    fails: ({ contact }) => empty(contact),
  },
  'no-gdpr-basis': {
    about: 'gdprBasis',
    words: 'Enter the UK GDPR basis',
    fails: ({ gdprBasis }) => empty(gdprBasis),
  },
  'no-confidentiality-basis': {
    about: 'confidentialityBasis',
    words: 'Enter why the common law duty of confidentiality is met',
    fails: ({ confidentialityBasis }) => empty(confidentialityBasis),
  },
  'no-agreement': {
    about: 'agreementReference',
    words:
      'Enter the reference of the agreement, its first day, its last day, and the day by which the data is destroyed',
    fails: (content) =>
      !rulesOfGround(content.ground).notReleased &&
      (empty(content.agreementReference) ||
        content.agreementStartsOn === null ||
        content.agreementEndsOn === null ||
        content.destroyBy === null),
  },
  'outlives-agreement': {
    about: 'endsOn',
    words: 'The last day of the extract must not be after the last day of the agreement',
    fails: ({ endsOn, agreementEndsOn }) => agreementEndsOn !== null && endsOn > agreementEndsOn,
  },
  'destroyed-too-early': {
    about: 'destroyBy',
    words: 'The data cannot have to be destroyed before the last day of the extract',
    fails: ({ endsOn, destroyBy }) => destroyBy !== null && destroyBy < endsOn,
  },
  'no-frequency': {
    about: 'frequency',
    words: 'Enter how often it runs',
    fails: ({ frequency }) => empty(frequency),
  },
  'no-fields': {
    about: 'fields',
    words: 'Name the fields that may leave',
    fails: ({ ground, fields, fhir }) =>
      fields.length === 0 && (fhir?.types ?? []).length === 0 && !rulesOfGround(ground).notReleased,
  },
  'free-text-undeclared': {
    about: 'freeText',
    words:
      'By their names some fields can hold free text. Enter why each has to leave, or that it holds none',
    // De-identified data cannot keep them at all, and says so by itself.
    fails: (content) => !on('de-identified')(content) && undeclaredFreeText(content).length > 0,
  },
  'no-reason-for-fields': {
    about: 'fieldGroups',
    words: 'Enter for each field in which group it is, and why each group is needed',
    fails: ({ fields, fieldGroups }) => {
      const explained = new Set(
        (fieldGroups ?? []).flatMap((group) => (empty(group.reason) ? [] : group.fields)),
      );
      return fields.some(({ name }) => !explained.has(name));
    },
  },
} as const satisfies Record<string, Rule>;

export type GroundNeedCode = keyof typeof groundRules;
export type NeedCode = GroundNeedCode | keyof typeof registerRules;

const failing = (rules: Readonly<Record<string, Rule>>, content: Content): Need[] =>
  Object.entries(rules)
    .filter(([, { fails }]) => fails(content))
    .map(([code, { about, words }]) => ({ code: code as NeedCode, about, words }));

/** What the ground asks for and is missing or wrong: without it nobody can approve. */
export function groundNeeds(content: Content): Need[] {
  return failing(groundRules, content);
}

/** Everything that is missing or wrong before a version can be sent for approval. */
export function needsOf(content: Content): Need[] {
  return [...failing(registerRules, content), ...groundNeeds(content)];
}

/** Fields that by their names could hold free text, and of which nobody has said that they do: the guardian looks. */
export function undeclaredFreeText({ fields, freeText }: Content): string[] {
  const declared = new Set((freeText ?? []).map(({ field }) => field));
  return fields
    .filter(({ name, treatment }) => leavesAsItIs(treatment) && tellingOf(name) === 'free-text')
    .map(({ name }) => name)
    .filter((name) => !declared.has(name));
}

/** Every rule there is, for whoever tests one row a rule. */
export const needCodes = [...Object.keys(groundRules), ...Object.keys(registerRules)] as NeedCode[];
