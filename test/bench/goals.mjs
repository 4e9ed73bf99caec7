// What is aimed at, and what came of it.
/**
 * The goals, each with what was measured, as rows of a table.
 *
 * @param seconds by the name of what was measured, on the same file
 * @param others the peers that drop rows of a CSV
 * @param four how long four releases at once took, together and each
 * @param pages how fast pages were meanwhile, and before
 */
export function goalRows({ seconds, others, memory, small, four, pages }) {
  const duckdb = seconds['DuckDB, anti-join'];
  const fastest = Math.min(
    ...others.filter(({ name }) => !name.startsWith('DuckDB')).map(({ name }) => seconds[name]),
  );
  const x = (ratio) => `${ratio.toFixed(2)}`;
  return [
    [
      'scanner, CSV, all fields, against DuckDB’s anti-join',
      '≥ 6',
      x(duckdb / seconds['scanner, all fields']),
    ],
    [
      'scanner, CSV, 4 of 12 fields, against DuckDB’s',
      '≥ 4.5',
      x(seconds['DuckDB, 4 fields'] / seconds['scanner, 4 fields']),
    ],
    [
      'scanner, all fields: its time against copying',
      '≤ 1.5',
      x(seconds['scanner, all fields'] / seconds.copy),
    ],
    ['release over HTTP against DuckDB’s anti-join', '≥ 1.5', x(duckdb / seconds['release, all fields'])],
    [
      'release over HTTP, 4 of 12 fields, against DuckDB’s',
      '',
      x(seconds['DuckDB, 4 fields'] / seconds['release, 4 fields']),
    ],
    [
      'release over HTTP against upload and back',
      '≥ 0.5',
      x(seconds['upload and back'] / seconds['release, all fields']),
    ],
    [
      'release over HTTP against the fastest of the others',
      '≥ 1.3',
      x(fastest / seconds['release, all fields']),
    ],
    ['scanner, NDJSON, against DuckDB’s', '≥ 3', x(seconds['DuckDB, JSON'] / seconds['scanner, NDJSON'])],
    [
      'release over HTTP, NDJSON, against the same',
      '≥ 1.5',
      x(seconds['DuckDB, JSON'] / seconds['release, NDJSON']),
    ],
    [
      'release over HTTP, FHIR NDJSON, against DuckDB’s on the subject',
      '≥ 1.5',
      x(seconds['DuckDB, FHIR JSON'] / seconds['release, FHIR NDJSON']),
    ],
    ['peak memory of the app during a release', '< 200 MB', memory],
    [
      'checks of one number: 64 clients against one, which has a transaction for each',
      '≥ 5',
      x(small.together.perSecond / small.alone.perSecond),
    ],
    ['checks of one number, 64 clients: p99 against p50', '< 10', x(small.together.p99 / small.together.p50)],
    [
      'check of 10,000 numbers, 8 clients, against JSON.parse and a Set',
      '≥ 4',
      x(small.many.perSecond / small.manyPlain.perSecond),
    ],
    [
      'four releases at once: throughput against one',
      '≥ 1',
      x((4 * seconds['release, all fields']) / four.seconds),
    ],
    [
      'four releases at once: the slowest against the quickest',
      '',
      x(Math.max(...four.each) / Math.min(...four.each)),
    ],
    ...[
      ['home', 'first page of the desk'],
      ['logIn', 'log-in page'],
    ].map(([page, name]) => [
      `four releases at once: p99 of the ${name} against idle${pages.wasBusy ? '' : ' (they were over first)'}`,
      '< 5',
      x(pages.loaded[page].p99 / pages.idle[page].p99),
    ]),
    ['saving an objection until it is withheld on another process', 'next answer', '[growth.md](growth.md)'],
    ['index of a practice of 10,000, of one of 500,000', '< 400 kB, < 10 MB', '`--practices`'],
    [
      'scanner, all fields: throughput in the practice against one of 10,000',
      '≥ 0.8',
      x(seconds['scanner, few patients'] / seconds['scanner, all fields']),
    ],
    [
      'recording, opening, report with 10,000 and 1,000,000 patients',
      'how each grows',
      '[growth.md](growth.md)',
    ],
  ];
}
