const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const rules = new Intl.PluralRules('en-GB', { type: 'ordinal' });
const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

const ordinal = (day: number): string => `${day}${endings[rules.select(day)]}`;

/** The question about a day such as 03/04/1980, of which both numbers may be the month. */
export function orderQuestion(example: string) {
  const [first = 1, second = 1] = (example.match(/\d+/g) ?? []).map(Number);
  const month = (number: number) => months[number - 1] ?? '';
  const dayFirst = `the ${ordinal(first)} of ${month(second)}`;
  const monthFirst = `${month(first)} ${ordinal(second)}`;
  return {
    legend: `Is ${example} ${dayFirst} or ${monthFirst}?`,
    items: [
      { value: 'day-first', text: `T${dayFirst.slice(1)}`, hint: 'The day is first' },
      { value: 'month-first', text: monthFirst, hint: 'The month is first' },
    ],
  };
}
