import { addDays, londonDay } from '../day.ts';
import { inOfficeHours, must, type Step, type World } from './history.ts';
import { seeded } from './random.ts';

const WEEK = 7;
const WEEKS_BETWEEN_REPORTS = 4;
/** What came in the last days still waits, as it does in any practice. */
const STILL_WAITS = 8;

/**
 * What the office does about objections in the past: once a week the letters go out and a second person looks at what
 * proxies showed, and every four weeks somebody takes in what the clinical system has coded.
 */
export function officeWork(today: string, days: number): Step[] {
  const random = seeded(9_000_000);
  const steps: Step[] = [];
  for (let ago = days, week = 0; ago >= STILL_WAITS; ago -= WEEK, week++) {
    const at = inOfficeHours(addDays(today, -ago), random);
    steps.push({ at, act: (world) => sendLetters(world) });
    steps.push({ at, act: (world) => lookAtAuthority(world) });
    const isLast = ago < WEEKS_BETWEEN_REPORTS * WEEK + STILL_WAITS;
    if (week % WEEKS_BETWEEN_REPORTS === 0)
      steps.push({ at, act: (world) => takeReport(world, londonDay(at), isLast) });
  }
  return steps;
}

/** Entries of patients who never objected here: an objection, one without a day, a type 2 of too late, a look-alike. */
const differing = ['9Nu0.,2019-05-14', '9Nu0.,2021-02-03', '9Nu0.,', '9Nu4.,2020-06-01', '9Ndo.,2012-09-30'];

async function sendLetters({ services, practiceId, reception }: World) {
  const waiting = await services.database.reader.objection.findMany({
    where: { practiceId, acknowledgeSince: { not: null } },
    select: { patientId: true },
  });
  const patientIds = waiting.map(({ patientId }) => patientId);
  await services.objections.acknowledge({ practiceId, patientIds, how: 'letter' }, reception);
}

async function lookAtAuthority({ services, practiceId, manager }: World) {
  const waiting = await services.database.reader.authorityCheck.findMany({
    where: { practiceId, outcome: null },
  });
  for (const { requestId } of waiting) {
    const answer = { practiceId, requestId, outcome: 'seen', note: 'The papers are in the record.' } as const;
    must(await services.authority.check(answer, manager));
  }
}

/** Reception has entered what was recorded up to then; the last report has something of everything to work off, too. */
async function takeReport({ services, practiceId, manager }: World, day: string, isLast: boolean) {
  const { reader } = services.database;
  const objections = await reader.objection.findMany({ where: { practiceId, type: 'type-1' } });
  const people = await reader.patient.findMany({
    where: { practiceId },
    select: { id: true, nhsNumber: true },
  });
  const numbers = new Map(people.map(({ id, nhsNumber }) => [id, nhsNumber]));
  const rows = objections
    .filter(({ status }) => status === 'in-force')
    .map(({ patientId, since }) => [numbers.get(patientId), '9Nu0.', since ?? day].join(','));
  const objected = new Set(objections.map(({ patientId }) => patientId));
  const others = people.filter(({ id }) => !objected.has(id)).slice(100, 100 + differing.length);
  if (isLast) rows.push(...others.map(({ nhsNumber }, place) => `${nhsNumber},${differing[place]}`));
  const bytes = Buffer.from(`NHS number,Code,Date\n${rows.join('\n')}\n`);
  if (rows.length > 0)
    must(
      await services.objections.reconcile(
        { practiceId, madeUp: true, fileName: `type-1-codes-${day}.csv`, system: 'emis', bytes },
        manager,
      ),
    );
}
