import { londonDay, londonTime } from '../day.ts';
import { isWorkingDay } from '../working-days.ts';

/** From when to when a practice is open, `HH:MM` in London; null: closed. From Sunday on, as days of the week are counted. */
export type PracticeHours = readonly (readonly [from: string, to: string] | null)[];

/** The core hours of general practice in England: 8am to 6:30pm on working days (GMS contract regulations, “core hours”). */
export const coreHours: PracticeHours = [null, ...Array<[string, string]>(5).fill(['08:00', '18:30']), null];

/** Before opening and after closing, in minutes: somebody prepares the day, and somebody tidies up. */
const AROUND = 30;

const minutes = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

/** Whether an instant is outside of the hours of the practice: on a weekend, a bank holiday, or too early or late. */
export function isOutOfHours(at: Date, hours: PracticeHours = coreHours): boolean {
  const day = londonDay(at);
  const open = hours[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? null;
  if (open === null || !isWorkingDay(day)) return true;
  const now = minutes(londonTime(at));
  return now < minutes(open[0]) - AROUND || now >= minutes(open[1]) + AROUND;
}
