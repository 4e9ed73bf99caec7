import { addDays, londonDay, londonTime } from '../day.ts';
import type { Services } from '../services.ts';
import { demoExtracts, secondExtracts } from './demo-extracts.ts';
import { demoList, secondList } from './demo-list.ts';
import { DEMO_KEY, exampleSurgery, secondSurgery } from './demo-practices.ts';
import { type Clock, inOfficeHours, play, type Step } from './history.ts';
import { lettersAskedFor } from './letters-asked-for.ts';
import { unusualLooks } from './looks.ts';
import { noticeSteps } from './notices-of-practice.ts';
import { objectionLives } from './objection-lives.ts';
import { officeWork } from './office-work.ts';
import { importList, openingSteps } from './opening-steps.ts';
import { pastReleases } from './past-releases.ts';
import { seeded } from './random.ts';
import { registerSteps } from './register-steps.ts';
import { setUpPractice } from './set-up-practice.ts';
import { tellingSteps } from './telling-steps.ts';

/** How long the practices have had the registry, in days. */
const DAYS = 3 * 365;
const HOUR = 3_600_000;

/**
 * Makes the made-up practices in an empty database: the same people and the same acts every time, the days counted
 * back from today. Everything is done by the commands that staff and jobs use, each at its own time in the past, so
 * that the ledger says when, and verifies.
 *
 * @param services opened on `clock`, whose time is moved from act to act
 */
export async function makeDemo(services: Services, clock: Clock): Promise<void> {
  const now = clock.now;
  const today = londonDay(now);
  const firstDay = addDays(today, -DAYS);

  const list = demoList(firstDay, today);
  clock.now = new Date(`${firstDay}T09:00:00Z`);
  const world = await setUpPractice(services, exampleSurgery, list);
  const lastList: Step = {
    at: inOfficeHours(addDays(today, -6), seeded(1)),
    act: (there) =>
      importList(
        there,
        list.filter(({ hasLeft }) => !hasLeft),
        'patients.csv',
      ),
  };
  const opening = openingSteps(list, demoExtracts, firstDay, DEMO_KEY);
  const lives = objectionLives(list, today, DAYS - 30);
  const office = officeWork(today, DAYS - 30);
  const register = registerSteps(today);
  const notices = noticeSteps(today);
  const releases = pastReleases(list, today, now);
  const letters = lettersAskedFor(today);
  const looks = unusualLooks(today);
  const told = tellingSteps(list, today);
  const past = [
    ...[...opening, ...lives, ...office, ...register, ...notices, lastList],
    ...[...releases, ...letters, ...looks, ...told],
  ];
  await play(past, world, clock);

  const others = secondList(firstDay, today);
  clock.now = new Date(`${firstDay}T09:00:00Z`);
  const second = await setUpPractice(services, secondSurgery, others);
  const begin = openingSteps(others, secondExtracts, firstDay, undefined);
  await play([...begin, ...objectionLives(others, today, DAYS - 30)], second, clock);
  clock.now = lastSixOClock(now);
  await services.publicLog.publishAll();
  const troubled = await services.reports.verifyAll();
  if (troubled.length > 0) throw new Error('the ledger of a made-up practice does not verify');
  clock.now = now;
}

/** Six in the morning in London, today or yesterday: when the releases of the night are checked. */
function lastSixOClock(now: Date): Date {
  const asUtc = new Date(`${londonDay(now)}T06:00:00Z`);
  const hoursAhead = Number(londonTime(asUtc).slice(0, 2)) - 6;
  const six = new Date(asUtc.getTime() - hoursAhead * HOUR);
  return six <= now ? six : new Date(six.getTime() - 24 * HOUR);
}
