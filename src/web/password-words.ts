import { PASSWORD_LEAST, PASSWORD_MOST, type PasswordFault } from '../staff/password-rules.ts';

/** What to say of a new password that cannot be taken. */
export const passwordWords: Readonly<Record<PasswordFault, string>> = {
  'password-too-short': `Your new password must have ${PASSWORD_LEAST} characters or more`,
  'password-too-long': `Your new password must have ${PASSWORD_MOST} characters or fewer`,
  'password-easy-to-guess':
    'Your new password is too easy to guess. Use three or more words that have nothing to do with each other, with you or with the practice',
};
