import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openScene, type Scene } from '../guard/scene.ts';
import { someNumbers } from '../guard/some-csv.ts';
import { commandLine } from '../support/command-line.ts';
import '../support/registry.ts';

let scene: Scene;
let file: string;
let ods: string;
beforeAll(async () => {
  scene = await openScene();
  await scene.addExtract({ extractId: 'study', ground: 'explicit-consent' });
  file = join(await mkdtemp(join(inject('folder'), 'consents-')), 'consents.csv');
  ods = (await scene.services.staff.practices())[0]?.ods ?? '';
});
afterAll(() => scene.end());

const run = (extract: string, ...more: string[]) =>
  commandLine(
    scene.registry.env,
    'consents',
    'import',
    file,
    '--practice',
    ods,
    '--extract',
    extract,
    ...more,
  );
const rows = (...lines: string[]) =>
  writeFile(file, `nhs_number,given_on,how,reference\n${lines.join('\n')}\n`);

test('takes in consents, again without harm, and names the rows that it refuses', async () => {
  await rows(`${someNumbers[0]},2026-01-05,online,Form 1`, `${someNumbers[3]},2026-01-05,paper-form,Form 2`);
  expect(await run('study')).toEqual({
    exit: 0,
    said: [`${ods}: 2 rows: 2 recorded, 0 unchanged, 0 refused.`],
    complaints: [],
  });
  await rows(`${someNumbers[0]},2026-01-05,online,Form 1`, `${someNumbers[3]},yesterday,online,Form 2`);
  expect(await run('study')).toEqual({
    exit: 1,
    said: [`${ods}: 2 rows: 0 recorded, 1 unchanged, 1 refused.`],
    complaints: ['Row 3 was not taken: The day has to be one such as 2024-03-01.'],
  });
});

test('refuses an extract that asks for none, and wrong usage', async () => {
  expect(await run('research')).toMatchObject({ exit: 1 });
  expect((await run('study', 'another')).exit).toBe(2);
  expect((await commandLine(scene.registry.env, 'consents', 'import', file)).exit).toBe(2);
});
