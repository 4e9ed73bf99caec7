import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { membersOf } from '../../src/guard/membership.ts';
import { BrokenInput } from '../../src/guard/release.ts';
import { withheldOf } from '../../src/guard/withheld-list.ts';
import '../support/registry.ts';
import { everybody, HEADER, openScene, pieces, release, rowOf, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

it('a release of so many rows that a kernel decides most of them withholds and accounts for whom any other does', async () => {
  await scene.object(1);
  const many = rowOf(0).repeat(33_000);
  const all = everybody.slice(HEADER.length);
  const input = pieces(
    HEADER + rowOf(3) + many,
    all.repeat(500),
    () => scene.object(2, 'type-2'),
    all.repeat(500),
  );
  const done = await release(scene, input);
  const left = [0, 3, 4, 5].map((patient) => rowOf(patient)).join('');
  const output = HEADER + rowOf(3) + many + left.repeat(1000);
  expect(done.ok && done.output === output).toBe(true);
  const { reader } = scene.services.database;
  const row = await reader.release.findFirstOrThrow({ where: { kind: 'release' } });
  expect(row).toMatchObject({ countIn: 39_001, countOut: 37_001, countWithheld: 2000 });
  expect(row.digestOut).toBe(createHash('sha256').update(output).digest('hex'));
  expect(JSON.parse(row.reasons ?? '')).toEqual({ 'objected-type-1': 1000, 'objected-type-2': 1000 });
  const { members, withheld } = await reader.releaseAccount.findFirstOrThrow();
  expect([...membersOf(members)]).toEqual([0, 3, 4, 5]);
  expect([...withheldOf(withheld)]).toEqual([
    { ordinal: 1, reason: 'objected-type-1' },
    { ordinal: 2, reason: 'objected-type-2' },
  ]);
});

it('each of the large releases that follow each other is decided by what was said before its end, also after one that broke', async () => {
  const many = rowOf(0).repeat(33_000);
  const all = everybody.slice(HEADER.length);
  const rowsOf = (patients: readonly number[]) => patients.map((patient) => rowOf(patient)).join('');
  async function* broken() {
    yield Buffer.from(HEADER + many + all.repeat(100));
    yield Buffer.from(all.repeat(100));
    throw new BrokenInput('client-gone');
  }
  const steps = [
    { during: () => scene.object(1), left: [0, 2, 3, 4, 5] },
    { before: () => scene.object(2, 'type-2'), left: [0, 3, 4, 5] },
    { before: () => release(scene, broken()), during: () => scene.object(4), left: [0, 3, 5] },
    { before: () => scene.withdraw(1), during: () => scene.object(3), left: [0, 1, 5] },
  ];
  const ids: string[] = [];
  for (const { before, during, left } of steps) {
    await before?.();
    const done = await release(
      scene,
      pieces(HEADER + many, all.repeat(500), during ?? (async () => {}), all.repeat(500)),
    );
    expect(done.ok && done.output === HEADER + many + rowsOf(left).repeat(1000)).toBe(true);
    ids.push(done.id as string);
  }
  const { reader } = scene.services.database;
  for (const [at, { left }] of steps.entries()) {
    const account = await reader.releaseAccount.findUniqueOrThrow({
      where: { releaseId: ids[at] as string },
    });
    expect([...membersOf(account.members)]).toEqual(left);
    const stayed = [0, 1, 2, 3, 4, 5].filter((patient) => !left.includes(patient));
    expect([...withheldOf(account.withheld)].map(({ ordinal }) => ordinal)).toEqual(stayed);
  }
});
