import { z } from 'zod';

export const firstPasswordForm = z.object({
  email: z.string('Enter your email address').trim().min(1, 'Enter your email address'),
  code: z.string('Enter the one-time code').trim().min(1, 'Enter the one-time code'),
  password: z.string('Enter a new password').min(1, 'Enter a new password'),
});
