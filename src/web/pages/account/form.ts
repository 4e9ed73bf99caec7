import { z } from 'zod';

export const newPasswordForm = z.object({
  current: z.string('Enter your current password').min(1, 'Enter your current password'),
  password: z.string('Enter a new password').min(1, 'Enter a new password'),
});
