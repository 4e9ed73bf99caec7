import express from 'express';
import request from 'supertest';
import { expect, test } from 'vitest';
import { sendCsv } from '../../src/web/csv-answer.ts';

/** What a spreadsheet gets of these cells, one a row. */
async function linesOf(...cells: string[]): Promise<string[]> {
  const app = express();
  app.get('/', (_req, res) =>
    sendCsv(
      res,
      'table',
      cells.map((cell) => [cell]),
    ),
  );
  const { text, headers } = await request(app).get('/');
  expect(headers['content-disposition']).toBe('attachment; filename=table.csv');
  return text
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .slice(0, -1);
}

test('no cell begins as a formula would', async () => {
  const cells = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("x")'];
  const lines = await linesOf(...cells);
  expect(lines).toHaveLength(cells.length);
  expect(lines.filter((line) => /^"?[=+\-@\t\r]/.test(line))).toEqual([]);
});

test('any other cell comes as it is, quoted', async () => {
  expect(await linesOf('Phone', '12', 'says "no"')).toEqual(['"Phone"', '"12"', '"says ""no"""']);
});
