import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seeded, somePatients } from '../support/factories.ts';
import '../support/registry.ts';
import { type Reader, readerAt, readerHere } from './reader.ts';
import { manager, openScene, type Scene } from './scene.ts';
import { startSecondApp } from './second-app.ts';

const WRITERS = 50;
const READERS = 50;
const ANSWERS_EACH = 3;

const people = somePatients(WRITERS + 10, 2000).map((person) => ({ ...person, dateOfBirth: '1970-02-03' }));
const numbers = people.map(({ nhsNumber }) => nhsNumber);
/** What happened, in the order in which this process saw it. */
let clock = 0;
/** For each writer's patient: when the objection was acknowledged, and when a withdrawal of it was sent. */
type Said = { acknowledged: number; withdrawalSent: number };
/** `asked`: what was acknowledged before this has to be known; `answered`: what was sent after it cannot be. */
type Answer = { asked: number; answered: number; permitted: string[] };

let scene: Scene;
let said: Said[];
let answers: Answer[];
beforeEach(async () => {
  scene = await openScene();
  scene.clock.now = undefined;
  await scene.addExtract({ startsOn: '2020-01-01', endsOn: '2099-12-31' });
  const added = await scene.services.patients.add(scene.practiceId, people, manager);
  scene.patients.splice(0, scene.patients.length, ...added.map(({ id }) => id));
  said = Array.from({ length: WRITERS }, () => ({ acknowledged: Infinity, withdrawalSent: Infinity }));
  answers = [];
});
afterEach(() => scene.end());

/** Milliseconds: much work for a machine that does much else. */
const LONG = 240_000;

test('50 record and withdraw while 50 ask one process', { timeout: LONG }, async () => {
  await everybodyAtOnce([readerHere(scene.services, scene.job, 'research')]);
});

// On SQLite one process serves the practice.
if (process.env.TEST_DATABASE === 'postgresql') {
  test('50 record and withdraw while 50 ask two processes', { timeout: LONG }, async () => {
    const second = await startSecondApp(scene.registry.env);
    try {
      const there = readerAt(second.address, scene.key, 'research');
      await everybodyAtOnce([readerHere(scene.services, scene.job, 'research'), there]);
    } finally {
      await second.stop();
    }
  });
}

async function everybodyAtOnce(readers: readonly Reader[]): Promise<void> {
  const random = seeded(50);
  // Each writes when so many answers were given: spread over the whole time, whatever the machine's speed.
  const writing = said.map(async (_, patient) => {
    await answersGiven(random.between(0, READERS * (ANSWERS_EACH - 1)));
    await write(patient);
  });
  const reading = Array.from({ length: READERS }, async (_, reader) => {
    for (let i = 0; i < ANSWERS_EACH; i++) {
      await ask(readers[reader % readers.length] as Reader, (reader + i) % 5 === 0);
    }
  });
  await Promise.all([...writing, ...reading]);
  expectTheLaw();
  await expectTheEnd(readers);
}

async function answersGiven(count: number): Promise<void> {
  while (answers.length < Math.min(count, READERS * ANSWERS_EACH)) await pause(5);
}

/** Every patient objects; every third changes their mind. */
async function write(patient: number): Promise<void> {
  const mine = said[patient] as Said;
  await scene.object(patient);
  mine.acknowledged = ++clock;
  if (patient % 3 !== 0) return;
  await answersGiven(answers.length + READERS / 5);
  mine.withdrawalSent = ++clock;
  await scene.withdraw(patient);
}

async function ask(reader: Reader, byRelease: boolean): Promise<void> {
  let asked = ++clock;
  const sent = () => {
    asked = ++clock;
  };
  const permitted = await (byRelease ? reader.release(numbers, sent) : reader.check(numbers));
  answers.push({ asked, answered: ++clock, permitted });
}

/**
 * No answer that was asked for (of a release: whose input ended) after an objection was acknowledged, and given before
 * a withdrawal of it was sent, contains that patient. Nobody's rows are split, and who never objected is in all.
 */
function expectTheLaw(): void {
  for (const { asked, answered, permitted } of answers) {
    const counts = new Set(numbers.map((number) => permitted.filter((one) => one === number).length));
    expect(Math.max(...counts)).toBe(counts.has(2) ? 2 : 1);
    if (counts.has(2)) expect(counts.has(1)).toBe(false);
    said.forEach(({ acknowledged, withdrawalSent }, patient) => {
      const mustBeOut = acknowledged < asked && answered < withdrawalSent;
      if (mustBeOut) expect(permitted, `patient ${patient}`).not.toContain(numbers[patient]);
    });
    for (const number of numbers.slice(WRITERS)) expect(permitted).toContain(number);
  }
  const tried = answers.flatMap(({ asked, answered }) =>
    said.filter(({ acknowledged, withdrawalSent }) => acknowledged < asked && answered < withdrawalSent),
  );
  expect(tried.length).toBeGreaterThan(WRITERS);
}

/** When all is quiet, every process says the same. */
async function expectTheEnd(readers: readonly Reader[]): Promise<void> {
  const expected = numbers.filter((_, patient) => patient >= WRITERS || patient % 3 === 0);
  for (const reader of readers) {
    expect(await reader.check(numbers)).toEqual(expected);
    expect(await reader.release(numbers, () => undefined)).toEqual([...expected, ...expected]);
  }
}
