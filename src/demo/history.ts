import type { Actor } from '../ledger/entry.ts';
import type { Services } from '../services.ts';
import type { Random } from './random.ts';

/** The time that the made-up practice's commands are given: it is moved forward from act to act. */
export type Clock = { now: Date };

/** What acts are done with, and what earlier acts made. */
export type World = {
  readonly services: Services;
  readonly practiceId: string;
  readonly reception: Actor;
  readonly manager: Actor;
  readonly guardian: Actor;
  /** The id of person number n, once they are on the list. */
  readonly patientId: (n: number) => Promise<string>;
};

/** One act of the past, and when it was done. */
export type Step = { readonly at: Date; readonly act: (world: World) => Promise<unknown> };

/** Who sets the made-up practice up. */
export const setter: Actor = { kind: 'command-line', id: 'made-up-practice' };

/** Plays the acts in the order of their times. */
export async function play(steps: readonly Step[], world: World, clock: Clock): Promise<void> {
  const inOrder = [...steps].sort((one, other) => one.at.getTime() - other.at.getTime());
  for (const { at, act } of inOrder) {
    clock.now = at;
    await act(world);
  }
}

/** A moment of the day when the desk is open. */
export function inOfficeHours(day: string, random: Random): Date {
  return new Date(Date.parse(`${day}T08:30:00Z`) + random.between(0, 9 * 3600) * 1000);
}

/** The answer of a command that cannot but go well here; anything else is a bug of the made-up practice. */
export function must<T extends { readonly ok: boolean }>(answer: T): Extract<T, { readonly ok: true }> {
  if (!answer.ok) throw new Error(`the made-up practice was refused: ${JSON.stringify(answer)}`);
  return answer as Extract<T, { readonly ok: true }>;
}
