import { z } from 'zod';
import { roles } from '../../../staff/roles.ts';
import { isEmail, normaliseEmail } from '../../../staff/staff.ts';

const role = z.enum(roles, 'Select a role');

export const newStaffForm = z.object({
  name: z
    .string('Enter the person’s name')
    .trim()
    .min(1, 'Enter the person’s name')
    .max(100, 'The name must have 100 characters or fewer'),
  email: z
    .string('Enter the person’s email address')
    .trim()
    .min(1, 'Enter the person’s email address')
    .refine(
      (typed) => typed === '' || isEmail(normaliseEmail(typed)),
      'Enter an email address, like name@example.com',
    ),
  role,
});

export const roleForm = z.object({ role });
