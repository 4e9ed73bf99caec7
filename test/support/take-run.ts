import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/ledger/entry.ts';
import type { Taken } from '../../src/notices/take-from-run.ts';
import type { Services } from '../../src/services.ts';

/** Takes away all of a batch as its files do, and gives who is in it, in their order. */
export async function takeRun(
  { tellings }: Pick<Services, 'tellings'>,
  practiceId: string,
  runId: string,
  by: Actor,
): Promise<Taken[]> {
  const run = await tellings.run(practiceId, runId);
  if (run === null) throw new Error('there is no such batch');
  const taking = { practiceId, runId, takingId: randomUUID() };
  await tellings.beginTaking({ ...taking, file: 'all', count: run.count }, by);
  const taken: Taken[] = [];
  for await (const some of tellings.takeFrom({ ...taking, run, isIn: () => true })) taken.push(...some);
  await tellings.endTaking({ ...taking, places: taken.map(({ place }) => place.place) });
  return taken;
}
