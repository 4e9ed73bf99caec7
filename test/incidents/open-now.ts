import type { Incident } from '../../src/incidents/incident.ts';
import type { Scene } from '../guard/scene.ts';

/** All incidents of a practice that are open, whole, with the releases that each names. */
export async function openNow({ incidents }: Scene['services'], practiceId: string): Promise<Incident[]> {
  const lines = await incidents.list(practiceId, { closed: false, skip: 0, take: 10_000 });
  const found = await Promise.all(lines.map(({ id }) => incidents.find(practiceId, id)));
  return found.flatMap((one) => one ?? []);
}
