import { z } from 'zod';

/** The password stays exactly as typed: a space before it is part of it. */
export const logInForm = z.object({
  email: z.string('Enter your email address').trim().min(1, 'Enter your email address'),
  password: z.string('Enter your password').min(1, 'Enter your password'),
});
