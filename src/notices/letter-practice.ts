import type { LetterPractice } from './letter.ts';
import { cannotPrint } from './print/cannot-print.ts';
import type { PublishRules } from './publish-notice.ts';

/**
 * Whose notices they are, with the address of the page that they send people to.
 *
 * @param publicUrl where the registry is reached
 */
export function letterPractice(
  publicUrl: string,
  { name, madeUp, ods }: { readonly name: string; readonly madeUp: boolean; readonly ods: string },
): LetterPractice {
  const address = `${publicUrl.replace(/\/$/, '')}/privacy/${ods}`;
  return { name, madeUp, link: address.replace(/^https?:\/\//, ''), address };
}

/** What a notice of the practice is held against before it is published. */
export function publishRules(practice: LetterPractice): PublishRules {
  return {
    link: practice.link,
    practiceName: practice.name,
    cannotPrint: (content) => cannotPrint(content, practice),
  };
}
