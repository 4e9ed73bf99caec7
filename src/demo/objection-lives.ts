import { addDays, ageOn } from '../day.ts';
import type { RecordedAct } from '../objections/act-entry.ts';
import type { ObjectionType } from '../objections/objection.ts';
import { AGE_OF_ADULT } from '../objections/who-may-ask.ts';
import type { Listed } from './demo-list.ts';
import { type Case, decide, markInError, record, settle, tellOfNationalOptOut, withdraw } from './desk.ts';
import { inOfficeHours, type Step } from './history.ts';
import { pickWeighted, seeded, type Weighted } from './random.ts';

/** A case, and the day on which it was keyed; nothing in it is as late as `today`. */
type Story = Case & { readonly day: string; readonly today: string };

/** What can become of an objection at the desk; every kind that the pages show is among them. */
type Life = (story: Story) => Step[];

/**
 * The objections recorded at the desk since the practice has the registry: a few each week, and many more in the weeks
 * when the papers were full of it.
 *
 * @param today the day of making: everything is before it
 * @param daysBack how long before it the first was recorded, at most
 */
export function objectionLives(list: readonly Listed[], today: string, daysBack: number): Step[] {
  return list
    .filter(({ n, wasThere }) => wasThere && seeded(6_000_000 + n).chance(0.036))
    .flatMap((listed) => {
      const random = seeded(7_000_000 + listed.n);
      const daysAgo = random.chance(0.25) ? random.between(390, 430) : random.between(1, daysBack);
      const types = pickWeighted(random, typesAsked);
      const story = { random, listed, types, day: addDays(today, -daysAgo), today };
      return pickWeighted(random, lives)(story);
    });
}

const typesAsked: Weighted<readonly ObjectionType[]> = [
  [['type-1'], 70],
  [['type-2'], 10],
  [['type-1', 'type-2'], 20],
];

const keyed: Life = (story) => [on(story, story.day, (world) => record(world, story, story.day))];

/** Where the desk cannot say who may ask, the guardian decides some days later, or has not yet. */
const decided: Life = (story) => {
  const isAdult = ageOn(story.listed.person.dateOfBirth, story.day) >= AGE_OF_ADULT;
  const requester = isAdult ? 'nobody-to-decide' : 'child-and-parent-disagree';
  const upheld = story.random.pick([true, true, false, undefined]);
  let acts: readonly RecordedAct[] = [];
  const first = on(story, story.day, async (world) => {
    acts = await record(world, story, story.day, { requester, requesterName: null, authoritySeen: null });
  });
  const answer = upheld === undefined ? [] : later(story, 2, 9, (world) => decide(world, acts, upheld));
  return [first, ...answer];
};

const toldOfNational: Life = (story) => {
  const about: Story = { ...story, types: ['type-2'] };
  return [...keyed(about), ...later(about, 1, 14, (world) => tellOfNationalOptOut(world, about))];
};

const withdrawn: Life = (story) => [
  ...keyed(story),
  ...later(story, 20, 300, (world, day) => withdraw(world, story, day)),
];

const renewed: Life = (story) => [
  ...withdrawn(story),
  ...later(story, 310, 400, (world, day) => record(world, story, day)),
];

const confirmed: Life = (story) => [
  ...keyed(story),
  ...later(story, 5, 200, (world, day) => record(world, story, day)),
];

/** An objection and a withdrawal received on one day; the manager settled some of them. */
const contradicted: Life = (story) => {
  const settledAs = story.random.pick(['objection', 'withdrawal', undefined] as const);
  return [
    on(story, story.day, async (world) => {
      await record(world, story, story.day, { receivedOn: story.day });
      const withdrawals = await withdraw(world, story, story.day);
      if (settledAs !== undefined) await settle(world, withdrawals, settledAs);
    }),
  ];
};

/** Keyed for the wrong patient; a second person said so too, or not, or was not asked yet. */
const inError: Life = (story) => {
  const answer = story.random.pick(['confirmError', 'confirmError', 'refuseError', undefined] as const);
  return [
    on(story, story.day, async (world) => markInError(world, await record(world, story, story.day), answer)),
  ];
};

const lives: Weighted<Life> = [
  [keyed, 55],
  [decided, 5],
  [toldOfNational, 6],
  [withdrawn, 10],
  [renewed, 3],
  [confirmed, 9],
  [contradicted, 6],
  [inError, 6],
];

function on({ random }: Story, day: string, act: Step['act']): Step {
  return { at: inOfficeHours(day, random), act };
}

/** So many days later, unless that has not come yet. */
function later(
  story: Story,
  least: number,
  most: number,
  act: (world: Parameters<Step['act']>[0], day: string) => Promise<unknown>,
): Step[] {
  const day = addDays(story.day, story.random.between(least, most));
  return day < story.today ? [on(story, day, (world) => act(world, day))] : [];
}
