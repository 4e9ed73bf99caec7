// Rows that real extracts hold, and what becomes of them: whose data leaks, whose is lost, and which unusable numbers
// go out without a word.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { awkward } from './fields.mjs';
import { release } from './our-own.mjs';
import { usualWays } from './peers.mjs';
import { markdown } from './table.mjs';

const spaced = (number) => `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`;

/** Each row with whether it may leave; `tag` is in its note, so that it is found again in the output. */
function awkwardRows(numbers, withheld) {
  const permitted = numbers.slice(0, 400).filter((number) => !withheld.includes(number));
  const [a, b, c, d, e] = withheld;
  const [p, q, r, s] = permitted;
  const wrong = `${p.slice(0, 9)}${(Number(p[9]) + 1) % 10}`;
  return [
    { kind: 'objector', tag: 'quoted', row: `"${a}",2026-01-01,x,1,t,quoted\n` },
    { kind: 'objector', tag: 'spaced', row: `${spaced(b)},2026-01-01,x,1,t,spaced\n` },
    { kind: 'objector', tag: 'trailing', row: `${c} ,2026-01-01,x,1,t,trailing\r\n` },
    {
      kind: 'objector',
      tag: 'over two lines',
      row: `"${d}",2026-01-01,x,1,t,"first line\nover two lines"\n`,
    },
    { kind: 'objector', tag: 'plain', row: `${e},2026-01-01,x,1,t,plain\n` },
    { kind: 'other', tag: 'names another', row: `${p},2026-01-01,x,1,t,names another: ${e}\n` },
    { kind: 'other', tag: 'with a break', row: `${q},2026-01-01,x,1,t,"begins\n${a}, with a break"\n` },
    { kind: 'other', tag: 'windows', row: `${r},2026-01-01,x,1,t,windows\r\n` },
    { kind: 'unusable', tag: 'exponent', row: '9.99E+09,2026-01-01,x,1,t,exponent\n' },
    { kind: 'unusable', tag: 'decimal', row: `${p}.0,2026-01-01,x,1,t,decimal\n` },
    { kind: 'unusable', tag: 'check digit', row: `${wrong},2026-01-01,x,1,t,check digit\n` },
    { kind: 'unusable', tag: 'no number', row: ',2026-01-01,x,1,t,no number\n' },
    { kind: 'other', tag: 'last line', row: `${s},2026-01-01,x,1,t,last line` },
  ];
}

/** The table, with our own row. */
export async function awkwardTable(registry, withheld, folder) {
  const rows = awkwardRows(registry.numbers, withheld);
  const file = join(folder, 'awkward.csv');
  writeFileSync(file, `\ufeff${awkward}\n${rows.map(({ row }) => row).join('')}`);
  const ours = { name: 'the guard', run: release(registry, 'bench-awkward') };
  const lines = [];
  for (const { name, run } of [ours, ...usualWays(withheld, folder)]) {
    const out = join(folder, 'awkward-out.csv');
    try {
      await run(file, out);
      lines.push([name, ...judge(rows, readFileSync(out, 'utf8'))]);
    } catch {
      lines.push([name, 'refused the file', '', '']);
    }
  }
  const count = (kind) => rows.filter((row) => row.kind === kind).length;
  const headings = [`objectors leaked, of ${count('objector')}`, `others lost or cut, of ${count('other')}`];
  return markdown(['', ...headings, `unusable numbers out, of ${count('unusable')}`], lines);
}

/** What of each row is in the output: any part of an objector's row is a leak, a line missing of another's is a loss. */
function judge(rows, output) {
  const names = (kind, test) => {
    const found = rows.filter((row) => row.kind === kind && test(row)).map(({ tag }) => tag);
    return found.length === 0 ? '0' : `${found.length} (${found.join(', ')})`;
  };
  const left = ({ tag }) => output.includes(tag);
  const isWhole = ({ row }) => row.split(/\r?\n/).every((line) => output.includes(line));
  return [names('objector', left), names('other', (row) => !isWhole(row)), names('unusable', left)];
}
