import { batchHows, type Facts } from './facts.ts';
import { isReachableBy, type Translation, wordingFor } from './run-rule.ts';

export type UntoldList = {
  readonly name: string;
  readonly title: string;
  /** What to do, in a sentence. */
  readonly toDo: string;
  /** Whether somebody with these facts is on it. */
  readonly has: (facts: Facts, translations: readonly Translation[]) => boolean;
};

const isUntold = ({ state }: Facts): boolean => state !== 'told';
const noWay = (facts: Facts): boolean => !batchHows.some((how) => isReachableBy(how, facts));

/** Who is to be told by hand, and why. Somebody may be on several: each names a reason of its own. */
export const untoldLists = [
  {
    name: 'came-back',
    title: 'Came back: tell them otherwise',
    toDo: 'A letter was returned, or a text or an email bounced. Ask for the right details, and tell them at the desk or by phone.',
    has: (facts) => isUntold(facts) && facts.cameBack,
  },
  {
    name: 'spoken-to',
    title: 'To be spoken to: no other way is left',
    toDo: 'Nothing that the practice sends can reach them. Speak to them when they are here, or ring them.',
    has: (facts) => isUntold(facts) && !facts.restricted && noWay(facts),
  },
  {
    name: 'no-contact',
    title: 'No contact details',
    toDo: 'The list has no address, no mobile and no email address. Ask for one when they are here.',
    has: (facts) => isUntold(facts) && !facts.hasAddress && !facts.hasMobile && !facts.hasEmail,
  },
  {
    name: 'no-mail',
    title: 'Want no mail',
    toDo: 'They get no letter, and the list has no mobile or email address. Tell them at the desk or by phone.',
    has: (facts) => isUntold(facts) && facts.noMail && !facts.hasMobile && !facts.hasEmail,
  },
  {
    name: 'language-or-format',
    title: 'Another language or format',
    toDo: 'There is no wording that they can read yet. Add one to the notice, or tell them with an interpreter.',
    has: (facts, translations) => isUntold(facts) && !wordingFor(facts, translations).ok,
  },
  {
    name: 'under-13',
    title: 'Under 13: parent, guardian or carer',
    toDo: 'A parent, guardian or carer is told for them. Batches address them so; tell those who come to the desk.',
    has: (facts) => isUntold(facts) && facts.stage === 0,
  },
  {
    name: 'came-of-age',
    title: 'Turned 13 or 16 since they were told',
    toDo: 'Their parents were told, or they were younger. Tell the young person themselves.',
    has: ({ state, stage, toldStage }) => state === 'told' && stage > toldStage,
  },
  {
    name: 'new',
    title: 'New registrations not told',
    toDo: 'They came after the first batch. Put the notice into the registration pack, or run another batch.',
    has: (facts) => isUntold(facts) && facts.isNew,
  },
  {
    name: 'restricted',
    title: 'Restricted records',
    toDo: 'They are in no batch. The practice manager or the guardian tells them in person.',
    has: (facts) => isUntold(facts) && facts.restricted,
  },
] as const satisfies readonly UntoldList[];

export type UntoldName = (typeof untoldLists)[number]['name'];
