import type { BatchHow } from '../../../notices/facts.ts';
import type { LeftOut } from '../../../notices/left-out.ts';
import type { RunState } from '../../../notices/run.ts';

/** How somebody was told, in words. */
export const howWords: Readonly<Record<string, string>> = {
  letter: 'Letter',
  text: 'Text message',
  email: 'Email',
  'nhs-app': 'NHS App message',
  'registration-pack': 'Registration pack',
  'at-the-desk': 'At the desk',
};

/** What a batch holds. */
export const batchWords: Readonly<Record<BatchHow, string>> = {
  letter: 'letters',
  text: 'text messages',
  email: 'emails',
};

export const outcomeWords: Readonly<Record<string, string>> = {
  sent: 'Sent',
  delivered: 'Delivered',
  bounced: 'Bounced',
  returned: 'Came back',
  'spoken-to': 'Spoken to',
};

/** Why somebody in a batch gets nothing after all: said after how many they are. */
export const leftOutWords: Readonly<Record<LeftOut, string>> = {
  died: 'died',
  left: 'left the practice',
  restricted: 'restricted: told by a person',
  'no-mail': 'want no mail',
  'no-contact': 'without what it would be sent to',
  withdrawn: 'in no file before the notice was withdrawn',
};

/** The same of one letter. */
export const leftOutOne: Readonly<Record<LeftOut, string>> = {
  ...leftOutWords,
  restricted: 'restricted',
  'no-mail': 'wants no mail',
  'no-contact': 'no address any more',
};

type Tag = { readonly text: string; readonly colour: string };
export const runStateTags: Readonly<Record<RunState, Tag>> = {
  making: { text: 'Being made', colour: 'blue' },
  made: { text: 'Made, not sent', colour: 'orange' },
  sent: { text: 'Sent', colour: 'green' },
  stopped: { text: 'Stopped', colour: 'grey' },
};

const names = new Intl.DisplayNames('en-GB', { type: 'language' });
const formatWords: Readonly<Record<string, string>> = {
  'large-print': 'large print',
  'easy-read': 'easy read',
  audio: 'audio',
  braille: 'braille',
  other: 'another format: ask which',
};

/** What somebody needs to be told so that they can read it. */
export function needsOf(language: string | null, format: string | null, carer: string | null): string {
  const read =
    language === null ? null : language === 'und' ? 'a language that is not known' : names.of(language);
  const parts = [read, format && (formatWords[format] ?? format), carer && `through ${carer}`];
  return parts.filter(Boolean).join(', ');
}
