import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

export const PASSWORD_LEAST = 12;
export const PASSWORD_MOST = 200;
/** zxcvbn's scale goes from 0 to 4; 3 is "safely unguessable: moderate protection from offline attack". */
const SCORE_LEAST = 3;

export type PasswordFault = 'password-too-short' | 'password-too-long' | 'password-easy-to-guess';

/** Whose password it is: what anybody who knows them would try first. */
export type PasswordOwner = {
  readonly name: string;
  readonly email: string;
  readonly practice: { readonly name: string; readonly ods: string };
};

const ofThisWork =
  'nhs gp surgery practice doctor health opt-out optout objection registry password reception receptionist manager guardian monitor'.split(
    ' ',
  );

/** Loaded and made when first needed: it sorts 50,000 words, and most processes never see a new password. */
let guesser: Promise<ZxcvbnFactory> | undefined;

async function makeGuesser(): Promise<ZxcvbnFactory> {
  const { ZxcvbnFactory } = await import('@zxcvbn-ts/core');
  const { adjacencyGraphs, dictionary } = await import('@zxcvbn-ts/language-common');
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}

/**
 * What is wrong with a password, if anything. Length and guessability only (NCSC password policy; ASVS 5.0 V6.2):
 * no rules on capitals, figures or signs, and it never expires. Spaces and every other character count as typed.
 */
export async function passwordFault(
  password: string,
  owner: PasswordOwner,
): Promise<PasswordFault | undefined> {
  const { length } = [...password];
  if (length < PASSWORD_LEAST) return 'password-too-short';
  if (length > PASSWORD_MOST) return 'password-too-long';
  guesser ??= makeGuesser();
  const { score } = (await guesser).check(password, wordsOf(owner));
  return score < SCORE_LEAST ? 'password-easy-to-guess' : undefined;
}

function wordsOf({ name, email, practice }: PasswordOwner): string[] {
  const own = [name, email, practice.name, practice.ods];
  return [...own, ...own.flatMap((words) => words.split(/[^\p{L}\p{N}]+/u)), ...ofThisWork].filter(
    (word) => word.length > 1,
  );
}
