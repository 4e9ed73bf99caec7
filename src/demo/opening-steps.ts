import { addDays } from '../day.ts';
import type { DemoExtract } from './demo-extracts.ts';
import { firstList, type Listed } from './demo-list.ts';
import { patientsCsv } from './files.ts';
import { inOfficeHours, must, type Step, setter, type World } from './history.ts';
import { objectionsBefore } from './objections-before.ts';
import { seeded } from './random.ts';

/** How long demo extracts and keys are good for, in days: longer than anybody tries things out. */
const GOOD_FOR = 20 * 365;

/** The first weeks of a practice: its list and its old objections are taken in, extracts approved, a job gets its key. */
export function openingSteps(
  list: readonly Listed[],
  extracts: readonly DemoExtract[],
  firstDay: string,
  key: string | undefined,
): Step[] {
  const random = seeded(8_000_000);
  const on = (days: number, act: Step['act']): Step => ({
    at: inOfficeHours(addDays(firstDay, days), random),
    act,
  });
  const there = firstList(list, firstDay);
  return [
    on(1, (world) => importList(world, there, 'patients-first.csv')),
    on(2, (world) => importOldObjections(world, there)),
    on(9, (world) => registerExtracts(world, extracts, addDays(firstDay, 14))),
    on(11, (world) => approveExtracts(world, extracts)),
    on(12, (world) => makeKey(world, extracts, addDays(firstDay, GOOD_FOR), key)),
  ];
}

/** Takes in a whole list; who was on the one before and is not on this has left. */
export async function importList(world: World, list: readonly Listed[], fileName: string): Promise<void> {
  const bytes = Buffer.from(patientsCsv(list.map(({ person }) => person)));
  const practice = { id: world.practiceId, madeUp: true };
  const begun = must(
    await world.services.patients.import({ practice, fileName, bytes, wholeList: true }, world.manager),
  );
  const done = await begun.run();
  if (done.status !== 'complete' || done.counts.refused > 0) throw new Error('the made-up list was refused');
}

async function importOldObjections({ services, practiceId, manager }: World, list: readonly Listed[]) {
  const bytes = Buffer.from(objectionsBefore(list));
  const file = {
    practiceId,
    madeUp: true,
    fileName: 'objections-before.csv',
    bytes,
    confirmWithdrawals: false,
  };
  const done = must(await services.objections.import(file, setter));
  if (done.refused.length > 0) throw new Error(`old objections were refused: ${done.refused[0]?.fault}`);
  const [waiting] = await services.database.reader.waitingWithdrawal.findMany({ where: { practiceId } });
  if (waiting === undefined) return;
  const answer = { practiceId, importId: waiting.importId, answer: 'confirmed' } as const;
  must(await services.objections.answerWithdrawals(answer, manager));
}

async function registerExtracts(world: World, extracts: readonly DemoExtract[], startsOn: string) {
  const { services, practiceId, manager } = world;
  const endsOn = addDays(startsOn, GOOD_FOR);
  const agreement = {
    agreementStartsOn: startsOn,
    agreementEndsOn: endsOn,
    destroyBy: addDays(endsOn, 365),
  };
  for (const extract of extracts)
    must(
      await services.extracts.register({ ...extract, practiceId, startsOn, endsOn, ...agreement }, manager),
    );
}

async function approveExtracts({ services, practiceId, guardian }: World, extracts: readonly DemoExtract[]) {
  for (const { extractId } of extracts)
    must(
      await services.extracts.approve({ practiceId, extractId, version: 1, confirmsCare: true }, guardian),
    );
}

async function makeKey(world: World, extracts: readonly DemoExtract[], lastDay: string, key?: string) {
  const { services, practiceId, manager } = world;
  const ids = extracts.map(({ extractId }) => extractId);
  const expiresAt = new Date(`${lastDay}T00:00:00Z`);
  const wanted = { practiceId, name: 'Nightly extracts', extracts: ids, expiresAt };
  must(await services.keys.make(wanted, manager, key));
}
