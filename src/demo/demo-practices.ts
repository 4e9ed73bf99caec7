import type { Role } from '../staff/roles.ts';

/** Everybody's password in the made-up practices. */
export const DEMO_PASSWORD = 'opt-out-demo-2026';
/** The job key of The Example Surgery. */
export const DEMO_KEY = `oor_demo_${'0'.repeat(43)}`;

export type DemoAccount = { readonly email: string; readonly name: string; readonly role: Role };

export type DemoPractice = {
  readonly ods: string;
  readonly name: string;
  readonly accounts: readonly DemoAccount[];
};

/** The practice to try things out in. */
export const exampleSurgery: DemoPractice = {
  ods: 'A99999',
  name: 'The Example Surgery',
  accounts: [
    { email: 'guardian@example.practice', name: 'Dr Owen Hughes', role: 'guardian' },
    { email: 'manager@example.practice', name: 'Asha Patel', role: 'manager' },
    { email: 'reception@example.practice', name: 'Grace Adeyemi', role: 'receptionist' },
    { email: 'monitor@example.practice', name: 'Margaret Shaw', role: 'monitor' },
  ],
};

/** A second one, so that it can be seen that nobody crosses over. */
export const secondSurgery: DemoPractice = {
  ods: 'B99999',
  name: 'The Second Surgery',
  accounts: [
    { email: 'guardian@second.practice', name: 'Dr Fatima Iqbal', role: 'guardian' },
    { email: 'manager@second.practice', name: 'Trevor Bell', role: 'manager' },
    { email: 'reception@second.practice', name: 'Zuzanna Nowak', role: 'receptionist' },
    { email: 'monitor@second.practice', name: 'Colin Marshall', role: 'monitor' },
  ],
};
