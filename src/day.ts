// Days are text, YYYY-MM-DD in Europe/London: they compare as they sort, and no time zone can move them.

const londonParts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const londonClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const longDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const longMonth = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

const HOUR = 60 * 60 * 1000;
/** The hour that was asked for last, since 1970: every check and every page ask for the day of this moment. */
let [lastHour, dayOfLastHour] = [Number.NaN, ''];

/** The day in London at an instant, `YYYY-MM-DD`. */
export function londonDay(at: Date): string {
  const hour = Math.floor(at.getTime() / HOUR);
  if (hour === lastHour) return dayOfLastHour;
  const day = londonParts.format(at);
  // Its days begin with an hour of the clock of the world, since it has one.
  if (hour >= 0) [lastHour, dayOfLastHour] = [hour, day];
  return day;
}

/** The time in London at an instant, `HH:MM`. */
export const londonTime = (at: Date): string => londonClock.format(at);

/** The instant at which a day begins in London, winter or summer. */
export const startOfDay = (day: string): Date => atLondonTime(day, '00:00');

/**
 * The instant at which it is so late in London on a day, winter or summer, and on the days on which the clocks change.
 *
 * @param time `HH:MM`; of an hour that comes twice, the first is meant
 */
export function atLondonTime(day: string, time: string): Date {
  const winter = new Date(`${day}T${time}:00Z`);
  const summer = new Date(winter.getTime() - 3_600_000);
  return londonDay(summer) === day && londonTime(summer) === time ? summer : winter;
}

/** Whether the text is a real day, `YYYY-MM-DD`. By sums: it is asked of every act on an objection, again and again. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = [+text.slice(0, 4), +text.slice(5, 7), +text.slice(8)];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= days;
}

/** The day so many days later (earlier when negative). */
export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** How many days later the second day is; negative when it is earlier. */
export function daysBetween(first: string, second: string): number {
  return (Date.parse(`${second}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86_400_000;
}

/** A day as a number that grows by one from day to day, above 0 from 1970 on; 0 for what is no day. */
export const dayNumber = (day: string): number =>
  isDay(day) ? Math.max(0, daysBetween('1969-12-31', day)) : 0;

/** The day that {@link dayNumber} makes this of. */
export const dayOfNumber = (number: number): string => addDays('1969-12-31', number);

/** The months `YYYY-MM` from the one of `first` to the one of `last`, both included. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (
    let month = first.slice(0, 7);
    month <= last.slice(0, 7);
    month = addDays(`${month}-01`, 31).slice(0, 7)
  ) {
    months.push(month);
  }
  return months;
}

/** As the NHS writes it: 6 August 2018. An empty text is a day that nobody knows. */
export const showDay = (day: string): string =>
  day === '' ? 'not known' : longDay.format(new Date(`${day}T00:00:00Z`));

/** August 2018, of `YYYY-MM`. */
export const showMonth = (month: string): string => longMonth.format(new Date(`${month}-01T00:00:00Z`));

/** As the NHS writes it: 6 August 2018 at 5:30pm (London). */
export function showInstant(at: Date): string {
  const [hour = 0, minute = 0] = londonTime(at).split(':').map(Number);
  const clock = `${hour % 12 || 12}${minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`}${hour < 12 ? 'am' : 'pm'}`;
  const words = minute > 0 ? clock : hour === 0 ? 'midnight' : hour === 12 ? 'midday' : clock;
  return `${showDay(londonDay(at))} at ${words}`;
}

/** Whole years of age on a day. Somebody born on 29 February has their birthday on 1 March in other years. */
export function ageOn(dateOfBirth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return day.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}
