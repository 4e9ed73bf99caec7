/** The roles of a practice's people, in the order of pages. */
export const roles = ['receptionist', 'manager', 'guardian', 'monitor'] as const;
export type Role = (typeof roles)[number];

/** What a role is called on a page. */
export const roleNames: Readonly<Record<Role, string>> = {
  receptionist: 'Receptionist',
  manager: 'Practice manager',
  guardian: 'Caldicott Guardian',
  monitor: 'Monitor',
};

/** Whether a word read from outside is one of the roles. */
export function isRole(word: string): word is Role {
  return (roles as readonly string[]).includes(word);
}
