import type { LetterPractice } from '../../../notices/letter.ts';
import { cannotPrint } from '../../../notices/print/cannot-print.ts';
import type { PublishRules } from '../../../notices/publish-notice.ts';
import type { Services } from '../../../services.ts';
import type { Practice } from '../../../staff/add-practice.ts';
import { paths } from '../../paths.ts';

/** Whose notices they are, with the address of the page that they send people to. */
export function practiceOf(
  { config }: Pick<Services, 'config'>,
  { name, madeUp, ods }: Pick<Practice, 'name' | 'madeUp' | 'ods'>,
): LetterPractice {
  const address = config.publicUrl.replace(/\/$/, '') + paths.practicePrivacy(ods);
  return { name, madeUp, link: address.replace(/^https?:\/\//, ''), address };
}

/** What a notice of the practice is held against before it is published. */
export function rulesOf(practice: LetterPractice): PublishRules {
  return {
    link: practice.link,
    practiceName: practice.name,
    cannotPrint: (content) => cannotPrint(content, practice),
  };
}
