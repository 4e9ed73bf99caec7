import passport from 'passport';
import { Strategy } from 'passport-local';
import type { Services } from '../services.ts';
import type { LoggedIn } from '../staff/staff.ts';

declare global {
  namespace Express {
    interface User extends LoggedIn {}
  }
}

/** Log in with an email address and a password. Of a person, the session keeps the account's id and nothing else. */
export function openPassport({ staff }: Pick<Services, 'staff'>) {
  const opened = new passport.Passport();
  opened.serializeUser<string>((user, done) => done(null, user.id));
  opened.deserializeUser<string>((id, done) => {
    staff.findOpen(id).then((user) => done(null, user ?? false), done);
  });
  opened.use(
    new Strategy({ usernameField: 'email', passwordField: 'password' }, (email, password, done) => {
      const checked = staff
        .checkLogIn({ email, password })
        .then((read) => (read.ok ? staff.findOpen(read.member.id) : undefined));
      checked.then((user) => done(null, user ?? false), done);
    }),
  );
  return opened;
}

export type LogInChecker = ReturnType<typeof openPassport>;
