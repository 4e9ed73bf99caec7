import type { ReconciliationList, ReportSystem } from '../../../objections/coded-report/reconciliation.ts';

export const systemNames: Readonly<Record<ReportSystem, string>> = {
  emis: 'EMIS Web',
  systmone: 'SystmOne',
  vision: 'Vision',
  other: 'Another system',
};

type ListWords = {
  readonly title: string;
  /** In a table of counts. */
  readonly short: string;
  /** What it means, and what to do. */
  readonly explained: string;
  readonly toDo: string;
};

/** What each list of a reconciliation says to the person who works it off. */
export const listWords: Readonly<Record<ReconciliationList, ListWords>> = {
  'not-held': {
    title: 'Coded there, and no objection here',
    short: 'Coded there, not here',
    explained:
      'Their clinical record says that they objected, and this registry does not know it: nothing keeps their data from leaving in extracts of this practice.',
    toDo: 'Record each. It works at once, with the day of the code; a code without a usable day stands too, and is listed until somebody finds the day.',
  },
  'not-coded': {
    title: 'Objection here, and no code there',
    short: 'No code there',
    explained:
      'Their objection works here. National collections read the clinical record itself, and there it works only once it is coded.',
    toDo: 'Reception enters the code from the list “To be coded”. The next report takes them from it.',
  },
  vanished: {
    title: 'The code has vanished',
    short: 'Code vanished',
    explained:
      'The last report had the code and this one has not, and nobody withdrew here. The objection stands here.',
    toDo: 'Look in the clinical record who took the code out and why. If the patient did not ask for it, enter it again.',
  },
  'withdrawn-there': {
    title: 'Withdrawal coded there, objection in force here',
    short: 'Withdrawal coded there',
    explained:
      'A code there says that they took the objection back. It lifts nothing here, and it is never counted as an objection.',
    toDo: 'Ask the patient. If they did withdraw, record the withdrawal here, with how their identity was checked; if not, correct the code there.',
  },
  'ended-here': {
    title: 'Ended here, and still coded there',
    short: 'Ended here, coded there',
    explained:
      'The objection was withdrawn here, or was entered in error, and its code is still in the clinical record.',
    toDo: 'Enter the withdrawal there, or take out a code that was never right.',
  },
  'late-type-2': {
    title: 'Type 2 coded after 11 October 2018',
    short: 'Type 2 too late',
    explained:
      'A type 2 code of after that day, or without a day, has no national effect: the National Data Opt-out has replaced it. Somebody may believe that they have opted out.',
    toDo: 'Correct the code there, tell the patient how to set a National Data Opt-out (the page to print says it), and ask whether they object in this practice too.',
  },
  'look-alike': {
    title: 'Codes that look like an objection',
    short: 'Look-alikes',
    explained:
      'Other choices about sharing. None of them is a type 1 objection, and none is offered to be recorded as one.',
    toDo: 'Nothing need be done. If such a patient believes that they opted out, tell them what is on record.',
  },
  unread: {
    title: 'Rows that could not be taken',
    short: 'Rows not taken',
    explained:
      'The row says something of an objection, and nobody can say of whom, or what. Nothing was concluded from it, for anybody.',
    toDo: 'Look each row up in the file. Who is not on the list: import a newer patient list, or record the objection with name and date of birth; then take in the report again.',
  },
};
