import { Readable } from 'node:stream';
import { addDays } from '../day.ts';
import type { Listed } from './demo-list.ts';
import { DEMO_KEY } from './demo-practices.ts';
import { extractCsv } from './files.ts';
import { must, type Step, type World } from './history.ts';
import { madeUpEvents } from './made-up-events.ts';

/**
 * What the nightly job sent through the guard: research every week, planning and a recall list last night, and one file
 * that was no extract at all and failed.
 *
 * @param now the instant of making: everything is before it
 */
export function pastReleases(list: readonly Listed[], today: string, now: Date): Step[] {
  const nightly = (daysAgo: number, minute: number, act: Step['act']): Step => ({
    at: new Date(Date.parse(`${addDays(today, -daysAgo)}T02:00:00Z`) + minute * 60_000),
    act,
  });
  const some = (part: number) => list.filter(({ n }) => n % 12 === part);
  const research = [28, 21, 14, 7, 0].map((daysAgo, part) =>
    nightly(daysAgo, 10, (world) => release(world, 'research-events', eventsOf(some(part)))),
  );
  const recall = some(5).filter(({ person }) => person.dateOfBirth < '1976');
  return [
    ...research,
    nightly(9, 20, (world) => failedRelease(world, 'research-events', 'not,an,extract\n1,2,3\n')),
    nightly(0, 20, (world) => release(world, 'planning-minimum', eventsOf(some(6)))),
    nightly(0, 30, (world) => release(world, 'recall-list', eventsOf(recall))),
  ].filter(({ at }) => at < now);
}

const eventsOf = (list: readonly Listed[]) =>
  extractCsv(list.flatMap(({ person }) => madeUpEvents(person.nhsNumber)));

async function release(world: World, extractId: string, csv: string): Promise<void> {
  const { decided } = must(await send(world, extractId, csv));
  for await (const _ of decided.content());
  await decided.end('complete');
}

async function failedRelease(world: World, extractId: string, text: string): Promise<void> {
  const answer = await send(world, extractId, text);
  if (answer.ok) throw new Error('a file that is no extract was released');
}

async function send({ services, practiceId }: World, extractId: string, csv: string) {
  const key = await services.keys.findUsable(DEMO_KEY);
  if (key === undefined) throw new Error('the key of the made-up practice is of no use');
  const job = { keyId: key.id, practiceId, extracts: key.extracts };
  const { release: started } = must(await services.guard.startRelease(job, extractId, 'text/csv'));
  return started.decide(Readable.from([Buffer.from(csv)]));
}
