import type { Permission } from '../staff/permissions.ts';

/** Who is to do it: the role that the list belongs to. Others who may, may too. */
export type Owner = 'receptionist' | 'manager' | 'guardian';

export type WorkList = {
  readonly name: string;
  readonly title: string;
  readonly owner: Owner;
  /** Who may do it. */
  readonly permission: Permission;
  /** What to do, in a sentence. */
  readonly toDo: string;
  /** Where it is done, when it has a page of its own; otherwise on the one that shows any list by its name. */
  readonly page?: string;
};

/** Every list of work that waits, in the order of pages. What is in a list, the store says by its name. */
export const workLists = [
  {
    name: 'to-be-matched',
    title: 'To be matched with the list',
    owner: 'receptionist',
    permission: 'match-person',
    toDo: 'They objected and were not found on the patient list. Compare, and choose who they are.',
    page: '/patients/to-be-matched',
  },
  {
    name: 'to-be-coded',
    title: 'To be coded',
    owner: 'receptionist',
    permission: 'list-objections',
    toDo: 'Enter the code in the clinical record. Upload the next report from there, and what it has goes from this list by itself.',
  },
  {
    name: 'to-be-acknowledged',
    title: 'To be acknowledged',
    owner: 'receptionist',
    permission: 'record-objection',
    toDo: 'Give or send the patient in writing what was recorded.',
  },
  {
    name: 'national-opt-out',
    title: 'Tell about the national opt-out',
    owner: 'receptionist',
    permission: 'record-objection',
    toDo: 'Tell the patient that a type 2 objection has no national effect, and how to set a National Data Opt-out.',
  },
  {
    name: 'birthdays',
    title: '13th and 16th birthdays',
    owner: 'receptionist',
    permission: 'record-objection',
    toDo: 'A parent objected for them. Ask the young person what they want. The objection stands meanwhile.',
  },
  {
    name: 'told-otherwise',
    title: 'Letters and messages that came back',
    owner: 'receptionist',
    permission: 'list-untold',
    toDo: 'What was sent to tell them did not reach them. Ask for the right details, and tell them at the desk or by phone.',
    page: '/told/lists/came-back',
  },
  {
    name: 'authority',
    title: 'Authority to look at',
    owner: 'receptionist',
    permission: 'check-authority',
    toDo: 'Somebody else than who keyed it looks at what shows that the proxy may ask. The objection works meanwhile.',
  },
  {
    name: 'same-day',
    title: 'Objection and withdrawal of the same day',
    owner: 'manager',
    permission: 'settle-objection',
    toDo: 'Settle which word was the last. The objection stands until then.',
  },
  {
    name: 'errors',
    title: 'Errors to confirm',
    owner: 'manager',
    permission: 'confirm-error',
    toDo: 'Confirm or refuse that it was entered in error. Not by who said so.',
  },
  {
    name: 'imported-withdrawals',
    title: 'Imported withdrawals to confirm',
    owner: 'manager',
    permission: 'confirm-withdrawals',
    toDo: 'Confirm or refuse them. They lift nothing until then.',
    page: '/objections/imported-withdrawals',
  },
  {
    name: 'undated',
    title: 'Objections without a usable date',
    owner: 'manager',
    permission: 'list-objections',
    toDo: 'Find out on which day it was received, and record it again with that day.',
  },
  {
    name: 'agreements-ending',
    title: 'Agreements ending',
    owner: 'manager',
    permission: 'register-extract',
    toDo: 'Renew the agreement and register a new version, or end the extract.',
    page: '/agreements',
  },
  {
    name: 'destruction-due',
    title: 'Data to be destroyed soon',
    owner: 'manager',
    permission: 'register-extract',
    toDo: 'Remind the recipient that the data is to be destroyed.',
    page: '/agreements',
  },
  {
    name: 'certificates-awaited',
    title: 'Certificates of destruction awaited',
    owner: 'manager',
    permission: 'register-extract',
    toDo: 'Ask the recipient for the certificate, and note it.',
    page: '/agreements',
  },
  {
    name: 'extracts-to-approve',
    title: 'Extracts to approve',
    owner: 'guardian',
    permission: 'approve-extract',
    toDo: 'Look at the extract, and approve or return it.',
    page: '/extracts',
  },
  {
    name: 'recipient-letters',
    title: 'Letters to recipients',
    owner: 'manager',
    permission: 'send-letters',
    toDo: 'Send what a patient asked for, and ask again where no answer came in 28 days.',
    page: '/recipient-letters',
  },
  {
    name: 'unusual-looks',
    title: 'Unusual looks at patients',
    owner: 'manager',
    permission: 'review-unusual-look',
    toDo: 'Ask who looked, and note what came of it. Nobody reviews their own.',
    page: '/unusual-looks',
  },
  {
    name: 'decisions',
    title: 'Decisions of the guardian',
    owner: 'guardian',
    permission: 'decide-objection',
    toDo: 'Decide whether the objection stands. It works meanwhile.',
  },
  {
    name: 'exemptions',
    title: 'Exemptions to approve',
    owner: 'guardian',
    permission: 'view-exemptions',
    toDo: 'Approve or refuse that an objection is not applied to an extract. Not by who asked for it.',
    page: '/exemptions',
  },
  {
    name: 'asked-again',
    title: 'Objected after consenting: to be asked',
    owner: 'receptionist',
    permission: 'record-consent',
    toDo: 'Ask the patient whether they still want to be in this extract. Their data is withheld from it until then.',
  },
  {
    name: 'incidents',
    title: 'Incidents',
    owner: 'guardian',
    permission: 'view-incidents',
    toDo: 'Assess it within 72 hours, and decide whom to tell. A release that stopped: look, and say what you found.',
    page: '/incidents',
  },
] as const satisfies readonly WorkList[];

export type WorkName = (typeof workLists)[number]['name'];
