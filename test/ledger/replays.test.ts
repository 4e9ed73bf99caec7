import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(`src/ledger/${file}`, 'utf8');
const source = read('replays.ts');

/** The parts of the replay, each with the file of its class. */
const parts = [...source.matchAll(/^ {2}readonly (\w+): (\w+Replay)<A>;$/gm)].map(
  ([, name = '', type = '']) => {
    const [, file = ''] = new RegExp(`\\b${type}\\b.*from '\\./([\\w-]+\\.ts)'`).exec(source) ?? [];
    return { name, code: read(file) };
  },
);

const steps = ['begin', 'keep', 'resume', 'reach', 'check', 'finish'];

test('the parts are found', () => {
  expect(parts.length).toBeGreaterThan(10);
});

test.each(parts)('nothing that the replay of $name can do is left out', ({ name, code }) => {
  const can = steps.filter((step) => new RegExp(`^ {2}(async )?${step}\\(`, 'm').test(code));
  expect(can).toEqual(expect.arrayContaining(['keep', 'resume', 'check', 'finish']));
  expect(can.filter((step) => !source.includes(`this.${name}.${step}(`))).toEqual([]);
  expect(source).toContain(`of('${name}')`);
  expect(source).toContain(`${name}: this.${name}.keep()`);
});
