import type { RecordedAct } from '../objections/act-entry.ts';
import type { ObjectionType } from '../objections/objection.ts';
import type { Listed } from './demo-list.ts';
import { must, type World } from './history.ts';
import type { Random } from './random.ts';
import { makeUpWish, type Wish } from './wishes.ts';

/** Somebody at the desk, and the types of objection that they speak of. */
export type Case = {
  readonly random: Random;
  readonly listed: Listed;
  readonly types: readonly ObjectionType[];
};

type Acts = readonly RecordedAct[];

/** Records an objection, asked in any of the ways that there are. `at` changes how. */
export async function record(world: World, about: Case, day: string, at: Partial<Wish> = {}): Promise<Acts> {
  const wish = makeUpWish(about.random, about.listed.person.dateOfBirth, day);
  const request = await asked(world, about, { ...wish, ...at });
  return must(await world.services.objections.record(request, world.reception)).acts;
}

/** Withdraws it: in person, by somebody whom nobody else has to decide about. */
export async function withdraw(world: World, about: Case, day: string): Promise<Acts> {
  const { dateOfBirth } = about.listed.person;
  const wish = makeUpWish(about.random, dateOfBirth, day, 'undisputed');
  const request = await asked(world, about, {
    ...wish,
    receivedOn: day,
    receivedVia: 'in-person',
    identityChecked: 'photo-id',
  });
  return must(await world.services.objections.withdraw(request, world.reception)).acts;
}

/** Says that the acts were another patient's; the manager answers, or has not yet. */
export async function markInError(
  world: World,
  acts: Acts,
  answer: 'confirmError' | 'refuseError' | undefined,
): Promise<void> {
  const { services, practiceId, reception, manager } = world;
  for (const { id: actId } of acts) {
    const asked = { practiceId, actId, reason: 'Keyed for another patient of the same name.' };
    must(await services.objections.markInError(asked, reception));
    if (answer === undefined) continue;
    const reason =
      answer === 'confirmError' ? 'The form names somebody else.' : 'The form names this patient.';
    must(await services.objections[answer]({ practiceId, actId, reason }, manager));
  }
}

/** The manager says which word of a day was the last. */
export async function settle(world: World, withdrawals: Acts, settledAs: 'objection' | 'withdrawal') {
  const { services, practiceId, manager } = world;
  for (const { patientId, type, receivedOn: day, ledgerIndex: seenIndex } of withdrawals) {
    const reason = 'Asked the patient on the phone.';
    const settling = {
      practiceId,
      patientId,
      type: type as ObjectionType,
      day,
      settledAs,
      reason,
      seenIndex,
    };
    must(await services.objections.settle(settling, manager));
  }
}

/** The guardian decides on those of the acts that need it. */
export async function decide(world: World, acts: Acts, upheld: boolean): Promise<void> {
  const { services, practiceId, guardian } = world;
  const reason = upheld ? 'The patient understands what it means.' : 'Not in the interest of the patient.';
  for (const { id: actId, needsDecision } of acts) {
    if (needsDecision)
      must(await services.objections.decide({ practiceId, actId, upheld, reason }, guardian));
  }
}

/** Somebody tells the patient that a type 2 objection has no national effect any more. */
export async function tellOfNationalOptOut(world: World, about: Case): Promise<void> {
  const { services, practiceId, reception } = world;
  const patientId = await world.patientId(about.listed.n);
  must(await services.objections.tellOfNationalOptOut({ practiceId, patientId }, reception));
}

async function asked(world: World, { listed, types }: Case, wish: Wish) {
  return { practiceId: world.practiceId, patientId: await world.patientId(listed.n), types, ...wish };
}
