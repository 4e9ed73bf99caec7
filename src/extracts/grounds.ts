/**
 * Whether a kind of objection holds back patients under a ground.
 * `unless-approved` is applied too, until the approval itself shows the exception the law allows.
 */
export type Application = 'applied' | 'unless-approved' | 'not-applied' | 'consent-only';

/** The legal ground of an extract, and what follows from it. */
export type GroundRules = {
  readonly type1: Application;
  readonly type2: Application;
  readonly nationalOptOut: Application;
  /** Why a kind is not applied, or may not be: shown wherever the extract is. Absent where everything is applied. */
  readonly why?: string;
  /** What an extract on this ground must name before a guardian can approve it. */
  readonly needs: string;
  /** Only direct care: nobody is withheld from the list, and no other rule stops it. */
  readonly withholdsNobody?: true;
  /**
   * Nobody is withheld for not having been told, whatever the extract asks; it only warns. A patient missing from a recall
   * list is a hazard, and a law, an order, a direction or a risk to public health does not wait for a letter.
   */
  readonly tellingOnlyWarns?: true;
  /** Counts only: registered for the public, never released through the guard. */
  readonly notReleased?: true;
  /** Cannot be approved until it is classified. */
  readonly unclassified?: true;
};

/** The grounds that an extract can have: the table of the practice's rules, as data. */
export const grounds = {
  'direct-care': {
    type1: 'not-applied',
    type2: 'not-applied',
    nationalOptOut: 'not-applied',
    why: 'Objections do not concern the patient’s own care; a patient missing from a recall list is a hazard.',
    needs: 'The guardian confirms that the recipient treats or contacts the people listed.',
    tellingOnlyWarns: true,
    withholdsNobody: true,
  },
  'explicit-consent': {
    type1: 'consent-only',
    type2: 'consent-only',
    nationalOptOut: 'consent-only',
    why: 'Only patients with recorded consent to this extract leave.',
    needs: 'Evidence of consent for each patient.',
  },
  'nhs-england-direction': {
    type1: 'applied',
    type2: 'unless-approved',
    nationalOptOut: 'not-applied',
    why: 'A direction under section 259 requires the data; the national opt-out does not apply to it.',
    needs: 'The reference of the direction.',
    tellingOnlyWarns: true,
  },
  'section-251': {
    type1: 'applied',
    type2: 'applied',
    nationalOptOut: 'unless-approved',
    why: 'Only an approval letter can say that the national opt-out does not apply.',
    needs: 'The Confidentiality Advisory Group’s reference, its expiry and the approval letter.',
  },
  'public-health': {
    type1: 'applied',
    type2: 'applied',
    nationalOptOut: 'not-applied',
    why: 'The national opt-out does not apply to notices under regulation 3.',
    needs: 'The reference of the notice and its expiry.',
    tellingOnlyWarns: true,
  },
  'legal-obligation': {
    type1: 'not-applied',
    type2: 'not-applied',
    nationalOptOut: 'not-applied',
    why: 'A statute or a court requires the data.',
    needs: 'The statute or order, and the minimum data that it asks for.',
    tellingOnlyWarns: true,
  },
  'public-interest': {
    type1: 'not-applied',
    type2: 'not-applied',
    nationalOptOut: 'not-applied',
    why: 'An overriding public interest, tested in writing.',
    needs: 'The written test, the guardian’s sign-off, and an end within three months.',
    tellingOnlyWarns: true,
  },
  'de-identified': {
    type1: 'applied',
    type2: 'applied',
    nationalOptOut: 'unless-approved',
    why: 'Only data assessed to the Information Commissioner’s standard is outside the national opt-out.',
    needs: 'The assessment.',
  },
  payment: {
    type1: 'applied',
    type2: 'applied',
    nationalOptOut: 'unless-approved',
    why: 'The national opt-out does not apply to prescription charges and non-contracted invoices.',
    needs: 'The reference of the payment scheme.',
  },
  aggregate: {
    type1: 'not-applied',
    type2: 'not-applied',
    nationalOptOut: 'not-applied',
    why: 'Counts only: nobody’s record leaves.',
    needs: 'Nothing further.',
    tellingOnlyWarns: true,
    notReleased: true,
  },
  other: {
    type1: 'applied',
    type2: 'applied',
    nationalOptOut: 'applied',
    needs: 'Classification under one of the other grounds.',
    unclassified: true,
  },
} as const satisfies Record<string, GroundRules>;

export type Ground = keyof typeof grounds;

/** Whether a word read from outside is one of the grounds. */
export function isGround(word: string): word is Ground {
  return Object.hasOwn(grounds, word);
}

/** The rules of a ground; a word that is none has those of `other`, under which everything is applied. */
export function rulesOfGround(word: string): GroundRules {
  return grounds[isGround(word) ? word : 'other'];
}
