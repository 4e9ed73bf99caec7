import { showMonth } from '../../../day.ts';
import { type Coverage, type CoverState, coverStates } from '../../../notices/coverage.ts';
import { LOST_AFTER } from '../../../notices/facts.ts';
import type { UntoldName } from '../../../notices/untold-lists.ts';
import { barChart } from '../../../reports/bar-chart.ts';
import { roundedCount } from '../../../reports/small-counts.ts';
import { paths } from '../../paths.ts';

const grouped = new Intl.NumberFormat('en-GB');
const perCent = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const words: Readonly<Record<CoverState, string>> = {
  told: 'Told',
  failed: 'Tried, and did not reach them',
  unheard: `Tried, and nothing was heard for ${LOST_AFTER} days`,
  waiting: 'Tried, and not known yet',
  new: 'Not tried: new since the first batch',
  'not-tried': 'Not tried',
};
/** The same at the head of a narrow column. */
const shortWords: Readonly<Record<CoverState, string>> = {
  told: 'Told',
  failed: 'Not reached',
  unheard: 'Nothing heard',
  waiting: 'Not known yet',
  new: 'New',
  'not-tried': 'Not tried',
};
/** Where those are listed who are counted. */
const lists: Partial<Readonly<Record<CoverState, UntoldName>>> = { failed: 'came-back', new: 'new' };

/** The last months are shown; what was before is one of them. */
const MONTHS_SHOWN = 12;

/**
 * Coverage as its page shows it.
 *
 * @param isExact whether whoever looks may learn of a single patient; others get rounded counts, without the sums with
 * which the smallest could be computed
 * @param query the notice, for links
 */
export function coverageView(coverage: Coverage, isExact: boolean, query: string) {
  const { list, counts, bands, objected } = coverage;
  const show = (count: number) => (isExact ? grouped.format(count) : roundedCount(count));
  const drawn = (count: number) => (isExact ? count : count < 5 ? 0 : Math.round(count / 5) * 5);
  const share = (count: number) => (!isExact || list === 0 ? '' : `${perCent.format((count / list) * 100)}%`);
  const months = coverage.months.slice(-MONTHS_SHOWN);
  return {
    isExact,
    headline:
      list === 0
        ? 'Nobody is on the list.'
        : isExact
          ? `${grouped.format(counts.told)} of ${grouped.format(list)} patients were told: ${perCent.format((counts.told / list) * 100)}%.`
          : `${roundedCount(counts.told)} patients were told.`,
    rows: coverStates.map((state) => ({
      words: words[state],
      count: show(counts[state]),
      share: share(counts[state]),
      href: isExact && lists[state] ? `${paths.untoldList(lists[state])}${query}` : undefined,
    })),
    total: isExact ? grouped.format(list) : undefined,
    objected: show(objected),
    bands: {
      head: ['Age', ...coverStates.map((state) => shortWords[state])],
      rows: bands.map((band) => [
        band.name.replace('-', '\u2013\u2060'),
        ...coverStates.map((state) => show(band.counts[state])),
      ]),
      chart: barChart(
        bands.map((band) => ({
          label: band.name,
          counts: [drawn(band.counts.told), drawn(band.list) - drawn(band.counts.told)].map((n) =>
            Math.max(0, n),
          ),
        })),
      ),
      series: [
        { name: 'Told', colour: 0 },
        { name: 'Not told', colour: 2 },
      ],
    },
    months: {
      rows: months.map(({ month, count }) => [showMonth(month), show(count)]),
      chart: barChart(
        months.map(({ month, count }) => ({
          label: `${showMonth(month).slice(0, 3)} ${month.slice(2, 4)}`,
          counts: [drawn(count)],
        })),
      ),
      series: [{ name: 'Told', colour: 0 }],
    },
  };
}
