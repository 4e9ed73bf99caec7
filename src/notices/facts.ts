import type { askedAtAges } from '../work/birthdays.ts';

/** By what an attempt to tell is sent in a batch, in the order in which the practice tries: post is for those not reached otherwise. */
export const batchHows = ['text', 'email', 'letter'] as const;
export type BatchHow = (typeof batchHows)[number];

/** What telling somebody by certain versions has come to. `waiting`: sent, and nothing has come back. */
export type ToldState = 'told' | 'waiting' | 'failed' | 'none';

/** The stage of life that telling asks about: before 13 the parent is told, and at 13 and 16 the young person. */
export type Stage = 0 | (typeof askedAtAges)[number];

/**
 * All that decides how a registered patient is to be told, and on which lists they are. Many patients have the same
 * facts: the database counts and finds them by these, and the rules are decided here.
 */
export type Facts = {
  readonly state: ToldState;
  /** In a batch that is neither sent nor stopped. */
  readonly isOpen: boolean;
  /** Something was sent lately, of which nothing has come back: it may still. */
  readonly isRecent: boolean;
  /** Came onto the list since the first batch. */
  readonly isNew: boolean;
  readonly ageBand: string;
  readonly stage: Stage;
  /** The stage at which they were told. */
  readonly toldStage: Stage;
  readonly hasAddress: boolean;
  readonly hasMobile: boolean;
  readonly hasEmail: boolean;
  readonly noMail: boolean;
  readonly restricted: boolean;
  readonly language: string | null;
  readonly format: string | null;
  /** Something bounced or was returned: what `failed` is, without what was only never heard of. */
  readonly cameBack: boolean;
  /** What was tried and came back, or of which nothing was heard. */
  readonly failed: Readonly<Record<BatchHow, boolean>>;
};

/** Days after which a text or an email of which nothing was heard is taken as lost, and something else may be tried. */
export const LOST_AFTER = 14;

/** Facts as the database puts them into one text, in the order of `SELECT` (src/store/telling-facts.ts). */
export function readFacts(key: string): Facts {
  const [state, open, recent, isNew, ageBand = '', stage, toldStage, ...rest] = key.split('|');
  const [address, mobile, email, noMail, restricted, language, format, letter, text, mail, cameBack] = rest;
  const is = (word: string | undefined) => word === '1';
  return {
    state: state as ToldState,
    isOpen: is(open),
    isRecent: is(recent),
    isNew: is(isNew),
    ageBand,
    stage: Number(stage) as Stage,
    toldStage: Number(toldStage) as Stage,
    hasAddress: is(address),
    hasMobile: is(mobile),
    hasEmail: is(email),
    noMail: is(noMail),
    restricted: is(restricted),
    language: language || null,
    format: format || null,
    cameBack: is(cameBack),
    failed: { letter: is(letter), text: is(text), email: is(mail) },
  };
}
