import { gives, isConsentInForce } from '../consents/consent.ts';
import type { WorkItem } from '../work/work-store.ts';
import { toBeAskedIn } from './consent-store.ts';
import type { Database } from './database.ts';

/** Patients who objected after they consented to an extract, and were not asked since; ids are of patient and extract. */
export async function toBeAskedAgain(reader: Database['reader'], practiceId: string): Promise<WorkItem[]> {
  const extracts = await reader.consentAct.findMany({
    where: { practiceId },
    distinct: ['extractId'],
    select: { extractId: true },
  });
  const items: WorkItem[] = [];
  for (const { extractId } of extracts)
    for (const { patientId, acts, against } of await toBeAskedIn(reader, practiceId, extractId)) {
      const given = acts.filter(gives);
      const days = against.filter((word) => !isConsentInForce(given, [word])).map(({ on }) => on);
      items.push({ id: `${patientId} ${extractId}`, since: days.sort()[0] ?? '' });
    }
  return items;
}
