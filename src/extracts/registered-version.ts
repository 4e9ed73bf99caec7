import type { ExtractVersion } from './extract.ts';

/** Fields that are needed for one reason. */
export type FieldGroup = {
  readonly name: string;
  readonly fields: readonly string[];
  readonly reason: string;
};

/** A field that holds free text, and why it has to leave. */
export type FreeText = { readonly field: string; readonly reason: string };

/** What is said of a version besides what the guard reads; null: nobody has said yet. */
export type Said = {
  readonly recipientIsCompany: boolean | null;
  /** Who pays whom for what, in words. */
  readonly payment: string | null;
  /** Whether and to whom it may be passed on, in words. */
  readonly passedOn: string | null;
  /** Whom to ask at the recipient. */
  readonly contact: string | null;
  readonly agreementReference: string | null;
  readonly agreementStartsOn: string | null;
  readonly agreementEndsOn: string | null;
  /** The last day on which the recipient may hold the data. */
  readonly destroyBy: string | null;
  readonly gdprBasis: string | null;
  /** Why the common law duty of confidentiality is met. */
  readonly confidentialityBasis: string | null;
  readonly frequency: string | null;
  /** When what the ground refers to (an approval, a notice) expires. */
  readonly groundExpiresOn: string | null;
  /** What the ground asks for in writing: where the letter is kept, the written test, the assessment. */
  readonly groundWords: string | null;
  readonly fieldGroups: readonly FieldGroup[] | null;
  readonly freeText: readonly FreeText[] | null;
};

export const nothingSaid: Said = {
  recipientIsCompany: null,
  payment: null,
  passedOn: null,
  contact: null,
  agreementReference: null,
  agreementStartsOn: null,
  agreementEndsOn: null,
  destroyBy: null,
  gdprBasis: null,
  confidentialityBasis: null,
  frequency: null,
  groundExpiresOn: null,
  groundWords: null,
  fieldGroups: null,
  freeText: null,
};

/** A version as it is registered: what the guard reads of it, and what the public is told besides. */
export type RegisteredVersion = ExtractVersion &
  Said & {
    /** ODS code of the recipient; empty where it has none. */
    readonly recipientOds: string;
    /** The direction, approval or statute that the ground asks for. */
    readonly reference: string;
    /** Id of who registered it, who cannot approve it. */
    readonly registeredBy: string;
  };

/** What somebody can edit of a version: all but its place and its state. */
export type Content = Omit<
  RegisteredVersion,
  'practiceId' | 'extractId' | 'version' | 'state' | 'registeredBy'
>;

/** A version with all that happened to it. */
export type VersionRecord = RegisteredVersion & {
  readonly registeredAt: Date;
  /** The ids of everybody who registered, edited or sent it: none of them can approve it. */
  readonly workedOnBy: readonly string[];
  readonly sentBy: string | null;
  readonly sentAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly returnedBy: string | null;
  readonly returnedAt: Date | null;
  readonly returnedWhy: string | null;
  readonly suspendedBy: string | null;
  readonly suspendedAt: Date | null;
  readonly suspendedWhy: string | null;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
  /** The day on which the recipient destroyed the data, as its certificate says. */
  readonly destroyedOn: string | null;
  readonly certificateReference: string | null;
  readonly certificateBy: string | null;
};

/** What can be edited of a version, in the order in which it is shown. */
export const contentNames = [
  'name',
  'recipient',
  'recipientOds',
  'recipientIsCompany',
  'contact',
  'purpose',
  'payment',
  'passedOn',
  'ground',
  'reference',
  'groundExpiresOn',
  'groundWords',
  'stricter',
  'gdprBasis',
  'confidentialityBasis',
  'agreementReference',
  'agreementStartsOn',
  'agreementEndsOn',
  'destroyBy',
  'startsOn',
  'endsOn',
  'frequency',
  'fields',
  'fieldGroups',
  'freeText',
  'nhsNumberColumn',
  'personColumns',
  'fhir',
  'checksApproved',
  'includeLeft',
  'toldDays',
  'stops',
] as const satisfies readonly (keyof Content)[];
export type ContentName = (typeof contentNames)[number];

/** The content of a version alone. */
export function contentOf(version: Content): Content {
  return Object.fromEntries(contentNames.map((name) => [name, version[name]])) as unknown as Content;
}
