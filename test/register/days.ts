import { londonDay } from '../../src/day.ts';
import { openScene, type Scene } from '../guard/scene.ts';

/** A practice of which the days are counted: what happens at noon is published the next morning at four. */
export type Days = Scene & {
  /** Lets it become noon of the next day, after the publication of the morning. Returns the day. */
  nextDay(): Promise<string>;
  /** The same until a day, without publishing on those in between. */
  goTo(day: string): Promise<string>;
};

/** Opens it at noon. In winter it is as late in London as it is by UTC. */
export async function openDays(firstDay: string, settings: Record<string, string> = {}): Promise<Days> {
  const scene = await openScene(settings);
  const { clock, services } = scene;
  clock.now = new Date(`${firstDay}T12:00:00.000Z`);
  const goTo = async (day: string) => {
    clock.now = new Date(`${day}T04:00:00.000Z`);
    await services.publicLog.publishAll();
    clock.now = new Date(`${day}T12:00:00.000Z`);
    return day;
  };
  return {
    ...scene,
    goTo,
    nextDay: () => {
      const after = new Date((clock.now ?? new Date()).getTime() + 86_400_000);
      return goTo(londonDay(after));
    },
  };
}
