import { randomUUID } from 'node:crypto';
import { addDays } from '../day.ts';
import { type BatchHow, batchHows } from '../notices/facts.ts';
import type { Taken } from '../notices/take-from-run.ts';
import type { Listed } from './demo-list.ts';
import { inOfficeHours, must, type Step, type World } from './history.ts';
import { published } from './notices-of-practice.ts';
import { seeded } from './random.ts';

/** Days ago on which the batches went out, and on which it was heard what came of them. */
const SENT: Readonly<Record<BatchHow, number>> = { text: 60, email: 52, letter: 45 };
const HEARD = 38;
/** Of so many sent, one came back. */
const CAME_BACK: Readonly<Record<BatchHow, number>> = { text: 30, email: 20, letter: 110 };
const AT_THE_DESK = 25;

/** What the practice has done to tell its patients: texts, emails, letters for the rest, and talks at the desk. */
export function tellingSteps(list: readonly Listed[], today: string): Step[] {
  const random = seeded(6_100_000);
  const at = (ago: number) => inOfficeHours(addDays(today, -ago), random);
  const runs = new Map<BatchHow, string>();
  const steps: Step[] = batchHows.map((how) => ({
    at: at(SENT[how]),
    act: async (world) => {
      runs.set(how, await sendBatch(world, how, addDays(today, -SENT[how])));
    },
  }));
  steps.push({
    at: at(HEARD),
    act: async (world) => {
      for (const [how, runId] of runs) await hear(world, how, runId, addDays(today, -HEARD));
    },
  });
  const there = list.filter(
    ({ person, wasThere, hasLeft }) => wasThere && !hasLeft && person.dateOfDeath === '',
  );
  for (let n = 0; n < AT_THE_DESK; n += 1) {
    const ago = random.between(1, HEARD - 1);
    const { n: number } = random.pick([there[0] as Listed, ...there]);
    steps.push({ at: at(ago), act: (world) => tellAtDesk(world, number, addDays(today, -ago)) });
  }
  return steps;
}

async function sendBatch(world: World, how: BatchHow, on: string): Promise<string> {
  const { services, practiceId, manager } = world;
  const ref = await published(world);
  const wanted = { ...ref, id: randomUUID(), how, scope: 'notice', onlyRest: true } as const;
  const { id: runId } = must(await services.tellings.makeRun(wanted, manager));
  await services.tellings.goOn({ practiceId, runId });
  await takeAway(world, runId);
  must(await services.tellings.sendRun({ practiceId, runId, on }, manager));
  await services.tellings.goOn({ practiceId, runId });
  return runId;
}

/** Every file of a batch that has anybody. */
async function takeAway({ services, practiceId, manager }: World, runId: string): Promise<void> {
  const { tellings } = services;
  const run = await tellings.run(practiceId, runId);
  const contents = await tellings.contents(practiceId, runId);
  if (run === null || contents === null) throw new Error('a batch of the made-up practice has vanished');
  const { of: fileOf } = await tellings.letterFiles(practiceId, run);
  const files: readonly (readonly [string, number])[] =
    run.how === 'letter' ? Object.entries(contents.files) : [['messages', contents.total]];
  for (const [file, count] of files.filter((one) => one[1] > 0)) {
    const taking = { practiceId, runId, takingId: randomUUID() };
    await tellings.beginTaking({ ...taking, file, count }, manager);
    const isIn = (taken: Taken) => run.how !== 'letter' || fileOf(taken) === file;
    const places: number[] = [];
    for await (const some of tellings.takeFrom({ ...taking, run, isIn }))
      places.push(...some.map(({ place }) => place.place));
    await tellings.endTaking({ ...taking, places });
  }
}

/** The file of the messaging system, and letters that the post brought back; a few are never heard of. */
async function hear({ services, practiceId, manager }: World, how: BatchHow, runId: string, on: string) {
  const places = await services.tellings.places(runId, 0, 20_000);
  const rows = places.flatMap(({ attemptId }, n) => {
    if (n % CAME_BACK[how] === 7) return [`${attemptId},${how === 'letter' ? 'gone away' : 'failed'},${on}`];
    return how === 'letter' || n % 50 === 11 ? [] : [`${attemptId},delivered,${on}`];
  });
  const bytes = Buffer.from(['reference,status,date', ...rows, ''].join('\n'));
  const done = must(await services.tellings.importResults({ practiceId, bytes }, manager));
  if (done.refused.length > 0) throw new Error(`results were refused: ${done.refused[0]?.fault}`);
}

async function tellAtDesk(world: World, n: number, on: string) {
  const ref = await published(world);
  const patientId = await world.patientId(n);
  const telling = { ...ref, patientId, how: 'at-the-desk', on } as const;
  must(await world.services.tellings.tell(telling, world.reception));
}
