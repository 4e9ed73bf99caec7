import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barChart } from '../../src/reports/bar-chart.ts';

const groups = fc.array(
  fc.record({ label: fc.string(), counts: fc.array(fc.nat(5000), { minLength: 2, maxLength: 2 }) }),
);

test('every bar stands on the base, inside the picture, and is as high as its count says', () => {
  fc.assert(
    fc.property(groups, (given) => {
      const chart = barChart(given);
      const counts = given.flatMap((group) => group.counts);
      expect(chart.bars).toHaveLength(counts.length);
      const most = Math.max(...chart.bars.map(({ height }) => height), 0);
      chart.bars.forEach((bar, at) => {
        expect(bar.x).toBeGreaterThanOrEqual(chart.left);
        expect(bar.x + bar.width).toBeLessThanOrEqual(chart.width);
        expect(bar.y).toBeGreaterThanOrEqual(0);
        expect(Math.abs(bar.y + bar.height - chart.base)).toBeLessThan(0.2);
        if (counts[at] === Math.max(...counts)) expect(bar.height).toBe(most);
        if (counts[at] === 0) expect(bar.height).toBe(0);
      });
    }),
  );
});

test('labels are thinned out when there are many', () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ label: String(i), counts: [i] }));
  expect(barChart(many).labels.length).toBeLessThanOrEqual(13);
});
