import type { Registry } from './registry.ts';

let added = 0;

/** Adds a practice with an empty list and returns its id. */
export async function addTestPractice({ services }: Registry, ods?: string): Promise<string> {
  added += 1;
  const code = ods ?? `T${String(added).padStart(5, '0')}`;
  const result = await services.staff.addPractice(
    { ods: code, name: `Test practice ${code}` },
    { kind: 'command-line', id: 'test' },
  );
  if (!result.ok) throw new Error(result.reason);
  return result.practice.id;
}
