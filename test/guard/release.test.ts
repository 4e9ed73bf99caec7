import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isMember, membersOf } from '../../src/guard/membership.ts';
import { BrokenInput } from '../../src/guard/release.ts';
import { withheldOf } from '../../src/guard/withheld-list.ts';
import '../support/registry.ts';
import { everybody, HEADER, manager, openScene, pieces, release, rowOf, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.end());

const kept = async (id: string | undefined) => {
  const row = await scene.services.database.reader.release.findUniqueOrThrow({ where: { id: id ?? '' } });
  const account = await scene.services.database.reader.releaseAccount.findUnique({
    where: { releaseId: row.id },
  });
  return { row, account };
};

describe('a release', () => {
  it('lets out what is permitted, and keeps whose data left and who was withheld', async () => {
    await scene.object(1, 'type-1');
    await scene.object(4, 'type-2');
    const done = await release(scene, `${everybody}9990000093,stranger\n`);
    const output = HEADER + [0, 2, 3, 5].map((patient) => rowOf(patient)).join('');
    expect(done).toMatchObject({ ok: true, output });
    const digest = createHash('sha256').update(output).digest('hex');
    if (done.ok)
      expect(done.decided).toMatchObject({
        digest,
        bytes: output.length,
        counts: { in: 7, out: 4, withheld: 3 },
      });

    const { row, account } = await kept(done.id);
    expect(row).toMatchObject({ status: 'complete', reason: null, digestOut: digest, countWithheld: 3 });
    expect(row.ledgerSize).toBe(row.decidedIndex);
    expect(JSON.parse(row.reasons ?? '')).toEqual({
      'objected-type-1': 1,
      'objected-type-2': 1,
      'not-on-list': 1,
    });
    expect([...membersOf(account?.members ?? Buffer.alloc(0))]).toEqual([0, 2, 3, 5]);
    expect([...withheldOf(account?.withheld ?? Buffer.alloc(0))]).toEqual([
      { ordinal: 1, reason: 'objected-type-1' },
      { ordinal: 4, reason: 'objected-type-2' },
    ]);
  });

  it('is decided before the first byte: what is never read counts as having left', async () => {
    const started = await scene.services.guard.startRelease(scene.job, 'research', 'text/csv');
    if (!started.ok) throw new Error(started.reason);
    const decision = await started.release.decide(pieces(everybody));
    if (!decision.ok) throw new Error(decision.reason);
    expect([
      ...membersOf((await kept(decision.decided.id)).account?.members ?? Buffer.alloc(0)),
    ]).toHaveLength(6);
    await decision.decided.end('interrupted');
    expect((await kept(decision.decided.id)).row).toMatchObject({
      status: 'interrupted',
      reason: 'connection-broken',
    });
  });

  it('lets a patient out again whose objection was withdrawn', async () => {
    await scene.object(0);
    expect(await release(scene, HEADER + rowOf(0))).toMatchObject({ output: HEADER });
    await scene.withdraw(0);
    expect(await release(scene, HEADER + rowOf(0))).toMatchObject({ output: HEADER + rowOf(0) });
  });

  it('withholds two patients with one number, who left, and who is restricted', async () => {
    await scene.addPatient({ nhsNumber: '9990000018' });
    await scene.addPatient({ nhsNumber: '9990000093', status: 'left', leftOn: '2026-01-01' });
    const id = await scene.addPatient({ nhsNumber: '9990000107' });
    await scene.services.database.write((tx) =>
      tx.patient.update({ where: { id }, data: { restricted: true } }),
    );
    const done = await release(scene, `${everybody}9990000093,x\n9990000107,x\n`);
    expect(JSON.parse((await kept(done.id)).row.reasons ?? '')).toEqual({
      ambiguous: 1,
      'left-practice': 1,
      restricted: 1,
    });
  });

  it('gives a patient the same pseudonym in every release of an extract', async () => {
    await scene.addExtract({ fields: [{ name: 'nhs_number', treatment: 'pseudonym' }] });
    const first = await release(scene, HEADER + rowOf(0));
    const second = await release(scene, 'NHS Number,x\n"999 000 0018",y\n');
    if (!first.ok || !second.ok) throw new Error('not released');
    expect(first.output.split('\n')[1]).toMatch(/^p[0-9a-f]{32}$/);
    expect(second.output.split('\n')[1]).toBe(first.output.split('\n')[1]);
  });

  it('leaves nothing in the folder of spools', async () => {
    await release(scene, everybody);
    expect(await readdir(join(scene.registry.config.dataDir, 'spool'))).toEqual([]);
  });
});

describe('somebody who objects while a release is scanned', () => {
  it('is not in it, whether their rows came before or come after', async () => {
    const input = pieces(
      HEADER,
      rowOf(0),
      rowOf(1),
      rowOf(2),
      () => scene.object(1),
      rowOf(1, 'more'),
      rowOf(3),
    );
    const done = await release(scene, input);
    expect(done).toMatchObject({
      output: HEADER + rowOf(0) + rowOf(2) + rowOf(3),
      decided: { counts: { in: 5, out: 3, withheld: 2 } },
    });
    const { row, account } = await kept(done.id);
    expect(JSON.parse(row.reasons ?? '')).toEqual({ 'objected-type-1': 2 });
    expect(isMember(account?.members ?? Buffer.alloc(0), 1)).toBe(false);
    if (done.ok) expect(done.decided.digest).toBe(createHash('sha256').update(done.output).digest('hex'));
  });

  it('is not in it when the number got a second patient, or went to another', async () => {
    const { database } = scene.services;
    const renumber = async () => {
      await scene.addPatient({ nhsNumber: '9990000034' });
      // The import's own way to correct a number is tried with imports; here only what the guard makes of it.
      await database.write(async (tx) => {
        const { size } = await tx.ledgerHead.findUniqueOrThrow({ where: { practiceId: scene.practiceId } });
        const data = { nhsNumber: '9990000115', changedAtIndex: size - 1 };
        await tx.patient.update({ where: { id: scene.patients[0] as string }, data });
      });
    };
    const done = await release(scene, pieces(HEADER, rowOf(0), rowOf(1), rowOf(2), renumber));
    expect(done).toMatchObject({ output: HEADER + rowOf(1) });
    expect(JSON.parse((await kept(done.id)).row.reasons ?? '')).toEqual({ 'not-on-list': 1, ambiguous: 1 });
  });

  it('stays withheld when the objection is withdrawn meanwhile', async () => {
    await scene.object(2);
    const done = await release(
      scene,
      pieces(HEADER, rowOf(2), () => scene.withdraw(2), rowOf(2)),
    );
    expect(done).toMatchObject({ output: HEADER });
  });
});

describe('a fault of the input', () => {
  it.each([
    ['empty-body', ''],
    ['field-missing', 'nhs_number\n'],
    ['unclosed-quote', `${HEADER}9990000018,"x`],
    ['not-utf-8', Buffer.from([0xff])],
  ])('%s: the release has failed, and nothing left', async (reason, input) => {
    const done = await release(
      scene,
      (async function* () {
        yield Buffer.from(input);
      })(),
    );
    expect(done).toMatchObject({ ok: false, reason });
    expect(await kept(done.id)).toMatchObject({
      row: { status: 'failed', reason, decidedIndex: null },
      account: null,
    });
  });

  it('that breaks off is recorded', async () => {
    const done = await release(
      scene,
      pieces(HEADER, () => Promise.reject(new BrokenInput('client-stopped'))),
    );
    expect(done).toMatchObject({ ok: false, reason: 'client-stopped' });
    expect((await kept(done.id)).row).toMatchObject({ status: 'failed', reason: 'client-stopped' });
  });

  it('that nobody foresaw is thrown on, and recorded', async () => {
    const broken = pieces(HEADER, () => Promise.reject(new Error('a bug')));
    const started = await scene.services.guard.startRelease(scene.job, 'research', 'text/csv');
    if (!started.ok) throw new Error(started.reason);
    await expect(started.release.decide(broken)).rejects.toThrow('a bug');
    expect((await kept(started.release.id)).row).toMatchObject({
      status: 'failed',
      reason: 'internal-error',
    });
  });
});

describe('too many rows that cannot be read', () => {
  const stops = { usualNumber: null, listAgeDays: null, maxUnreadable: 0.01 };
  const file = (unreadable: number, readable: number) =>
    HEADER + rowOf(0).repeat(readable) + 'x\n'.repeat(unreadable);

  it.each([
    [4, 6, true],
    [5, 600, true],
    [5, 495, true],
    [5, 494, false],
    [7, 600, false],
  ])('%i beside %i others: released %s', async (unreadable, readable, ok) => {
    await scene.addExtract({ stops });
    const done = await release(scene, file(unreadable, readable));
    expect(done.ok ? true : done.reason).toBe(ok || 'too-many-unreadable');
  });
});

describe('a direct care list', () => {
  beforeEach(() =>
    scene.addExtract({
      ground: 'direct-care',
      stops: { usualNumber: 0.2, listAgeDays: 1, maxUnreadable: 0 },
    }),
  );

  it('leaves whole, whoever objected and whatever else would stop it', async () => {
    await scene.object(0, 'type-1');
    const input = `${everybody},none\n9990000010,wrong\n9990000093,stranger\n`;
    const done = await release(scene, input);
    expect(done).toMatchObject({ output: input, decided: { counts: { in: 9, out: 9, withheld: 0 } } });
    const { account } = await kept(done.id);
    expect([...membersOf(account?.members ?? Buffer.alloc(0))]).toHaveLength(6);
    expect(Buffer.from(account?.unlisted ?? []).toString()).toBe('9990000093');
  });

  it('fails when a row cannot be read, and says which', async () => {
    const done = await release(scene, `${HEADER}${rowOf(0)}x\n`);
    expect(done).toMatchObject({ ok: false, reason: 'row-cannot-be-read', line: 3 });
  });
});

describe('a practice', () => {
  it('sees no release of another', async () => {
    const other = await openOther();
    const done = await release(scene, everybody);
    const { guard } = scene.services;
    expect(await guard.findRelease(scene.practiceId, done.id ?? '')).toMatchObject({ status: 'complete' });
    expect(await guard.findRelease(other, done.id ?? '')).toBeUndefined();
  });

  async function openOther() {
    const by = { kind: 'command-line', id: 'test' } as const;
    const added = await scene.services.staff.addPractice({ ods: 'B99999', name: 'Another' }, by);
    if (!added.ok) throw new Error(added.reason);
    return added.practice.id;
  }
});

describe('a key', () => {
  it('that was revoked after the release began cannot decide it', async () => {
    const revoke = () =>
      scene.services.keys.revoke({ practiceId: scene.practiceId, id: scene.job.keyId }, manager);
    const done = await release(scene, pieces(everybody, revoke));
    expect(done).toMatchObject({ ok: false, reason: 'no-key' });
    expect((await kept(done.id)).row).toMatchObject({
      status: 'failed',
      reason: 'no-key',
      decidedIndex: null,
    });
  });
});
