import type { Role } from '../staff/roles.ts';

/** How often people of a role looked at patients in a month. */
export type AccessCount = { readonly month: string; readonly role: Role; readonly count: number };

export interface AccessCountStore {
  /** By month in UTC, `YYYY-MM`, and account, from an instant on. */
  looksByMonth(
    practiceId: string,
    from: Date,
  ): Promise<readonly { readonly month: string; readonly staffId: string; readonly count: number }[]>;
}

/** Adds up looks by month and role; whose account is unknown counts as nobody's. */
export async function accessCounts(
  store: AccessCountStore,
  practiceId: string,
  roleOf: (staffId: string) => Role | undefined,
  from: Date,
): Promise<AccessCount[]> {
  const counts = new Map<string, AccessCount>();
  for (const { month, staffId, count } of await store.looksByMonth(practiceId, from)) {
    const role = roleOf(staffId);
    if (role === undefined) continue;
    const key = `${month} ${role}`;
    counts.set(key, { month, role, count: (counts.get(key)?.count ?? 0) + count });
  }
  return [...counts.values()];
}
