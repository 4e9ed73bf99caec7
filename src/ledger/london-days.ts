import { londonDay } from '../day.ts';

/** The days in London of entries. All of one hour are of one day, and most entries come soon after the one before. */
export class LondonDays {
  #hour = '';
  #day = '';

  /** @param at as entries say it, in UTC */
  dayOf(at: string): string {
    const hour = at.slice(0, 13);
    if (this.#hour !== hour) this.#day = londonDay(new Date(at));
    this.#hour = hour;
    return this.#day;
  }
}
