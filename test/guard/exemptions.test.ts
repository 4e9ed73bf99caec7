import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExemptionAsked } from '../../src/extracts/exemptions/ask-exemption.ts';
import { openGuard } from '../../src/guard/open-guard.ts';
import type { ObjectionType } from '../../src/objections/objection.ts';
import { extractStore } from '../../src/store/extract-store.ts';
import { patientIndexSource } from '../../src/store/patient-index-store.ts';
import { releaseStore } from '../../src/store/release-store.ts';
import '../support/registry.ts';
import { answersOf } from './answers.ts';
import {
  everybody,
  guardian,
  HEADER,
  manager,
  openScene,
  pieces,
  release,
  rowOf,
  type Scene,
  START,
} from './scene.ts';

// Patient 1 objected (type 1), patient 2 (type 2). Each test has an extract of its own.
let scene: Scene;
let made = 0;
beforeAll(async () => {
  scene = await openScene();
  await scene.object(1, 'type-1');
  await scene.object(2, 'type-2');
});
afterAll(() => scene.end());

const withoutRows = (...patients: number[]) =>
  HEADER +
  [0, 1, 2, 3, 4, 5]
    .filter((one) => !patients.includes(one))
    .map((one) => rowOf(one))
    .join('');

async function anExtract(different: Parameters<Scene['addExtract']>[0] = {}) {
  made += 1;
  const extractId = `extract-${made}`;
  await scene.addExtract({ extractId, ...different });
  const expiresAt = new Date('2099-01-01T00:00:00Z');
  const key = await scene.services.keys.make(
    { practiceId: scene.practiceId, name: 'Job', extracts: [extractId], expiresAt },
    manager,
  );
  const job = { keyId: key.ok ? key.id : '', practiceId: scene.practiceId, extracts: [extractId] };
  return { extractId, of: { ...scene, job } };
}

const ask = (extractId: string, type: ObjectionType, different: Partial<ExemptionAsked> = {}) =>
  scene.services.exemptions.ask(
    {
      practiceId: scene.practiceId,
      extractId,
      version: 1,
      type,
      reason: 'The direction says so',
      reference: 'Direction 7',
      endsOn: '2026-11-30',
      lawRequires: true,
      ...different,
    },
    manager,
  );

async function anExemption(extractId: string, type: ObjectionType, different: Partial<ExemptionAsked> = {}) {
  const asked = await ask(extractId, type, different);
  if (!asked.ok) throw new Error(asked.reason);
  return asked.id;
}
const answer = (id: string, decision: 'approve' | 'refuse' = 'approve', by = guardian) =>
  scene.services.exemptions.decide({ practiceId: scene.practiceId, id, decision }, by);
const end = (id: string) => scene.services.exemptions.end({ practiceId: scene.practiceId, id }, manager);

describe('an exemption', () => {
  test('counts from its approval to its last day, and no longer', async () => {
    const { extractId, of } = await anExtract();
    const id = await anExemption(extractId, 'type-2');
    expect(await release(of, everybody, extractId)).toMatchObject({ output: withoutRows(1, 2) });
    expect(await answer(id)).toEqual({ ok: true });
    expect(await release(of, everybody, extractId)).toMatchObject({ output: withoutRows(1) });
    scene.clock.now = new Date('2026-11-30T23:59:59.999Z');
    expect(await release(of, everybody, extractId)).toMatchObject({ output: withoutRows(1) });
    scene.clock.now = new Date('2026-12-01T00:00:00.000Z');
    expect(await release(of, everybody, extractId)).toMatchObject({ output: withoutRows(1, 2) });
    expect(await scene.services.exemptions.open(scene.practiceId)).toEqual([]);
    scene.clock.now = START;
    expect(await end(id)).toEqual({ ok: true });
    expect(await release(of, everybody, extractId)).toMatchObject({ output: withoutRows(1, 2) });
    expect(await answer(id)).toEqual({ ok: false, reason: 'not-waiting' });
  });

  test('from type 1 on public health; of one version only', async () => {
    const { extractId, of } = await anExtract({ ground: 'public-health' });
    await answer(await anExemption(extractId, 'type-1'));
    expect(await release(of, everybody, extractId)).toMatchObject({ output: withoutRows(2) });
    await scene.addExtract({ extractId, ground: 'public-health' });
    expect(await release(of, everybody, extractId)).toMatchObject({ output: withoutRows(1, 2) });
  });

  test('that is refused, or taken back, changes nothing', async () => {
    const { extractId, of } = await anExtract();
    const refused = await anExemption(extractId, 'type-2');
    expect(await answer(refused, 'refuse')).toEqual({ ok: true });
    const back = await anExemption(extractId, 'type-2');
    expect(await end(back)).toEqual({ ok: true });
    expect(await answer(back)).toEqual({ ok: false, reason: 'not-waiting' });
    expect(await release(of, everybody, extractId)).toMatchObject({ output: withoutRows(1, 2) });
  });

  test.each([
    ['type 1 on a direction', 'nhs-england-direction', 'type-1', {}, 'never-from-type-1'],
    [
      'type 1 on a payment, where no law is named',
      'payment',
      'type-1',
      { lawRequires: false },
      'law-not-confirmed',
    ],
    ['what is not applied', 'legal-obligation', 'type-1', {}, 'not-applied'],
    ['direct care', 'direct-care', 'type-2', {}, 'not-applied'],
    ['consent', 'explicit-consent', 'type-2', {}, 'not-applied'],
    ['a day that is over', 'public-health', 'type-2', { endsOn: '2026-11-19' }, 'ends-in-past'],
    ['after the extract', 'public-health', 'type-2', { endsOn: '2027-01-01' }, 'ends-after-extract'],
    ['no day', 'public-health', 'type-2', { endsOn: '2026-02-30' }, 'not-a-day'],
    ['no reason', 'public-health', 'type-2', { reason: ' ' }, 'no-reason'],
    ['no reference', 'public-health', 'type-2', { reference: '' }, 'no-reference'],
    ['no such version', 'public-health', 'type-2', { version: 2 }, 'no-such-version'],
  ] as const)('is not asked for: %s', async (_, ground, type, different, reason) => {
    const { extractId } = await anExtract({ ground });
    expect(await ask(extractId, type, different)).toEqual({ ok: false, reason });
  });

  test('is asked for once, and decided by somebody else', async () => {
    const { extractId } = await anExtract();
    const id = await anExemption(extractId, 'type-2');
    expect(await ask(extractId, 'type-2')).toEqual({ ok: false, reason: 'already-asked' });
    expect(await answer(id, 'approve', manager)).toEqual({ ok: false, reason: 'same-person' });
    expect(await answer(id, 'refuse', manager)).toEqual({ ok: false, reason: 'same-person' });
  });
});

/** A ground on which nothing is applied, and which ends within three months. */
const openGround = { ground: 'public-interest', startsOn: '2026-11-01', endsOn: '2027-01-31' } as const;

describe('what the guardian applies although the ground does not ask for it', () => {
  test('withholds, and counts before an exemption', async () => {
    const stricter = ['type-1', 'type-2'] as const;
    const { extractId, of } = await anExtract({ ...openGround, stricter });
    expect(await release(of, everybody, extractId)).toMatchObject({ output: withoutRows(1, 2) });
    const other = await anExtract({ stricter: ['type-2'] });
    expect(await ask(other.extractId, 'type-2')).toEqual({ ok: false, reason: 'stricter' });
  });

  test.each(['direct-care', 'legal-obligation'])('never on %s', async (ground) => {
    await expect(anExtract({ ground, stricter: ['type-1'] })).rejects.toThrow('never-stricter');
  });

  test('that cannot be read is both', async () => {
    const { extractId, of } = await anExtract(openGround);
    for (const stricter of ['["type-1"', '"type-2"', '["type-3"]', '{}'])
      await scene.tamper({ stricter }, { extractId });
    expect(await release(of, everybody, extractId)).toMatchObject({ output: withoutRows(1, 2) });
  });
});

test('one that was approved for a draft ends when the draft is another; its contact may change', async () => {
  const { extractId } = await anExtract();
  const { extracts, exemptions } = scene.services;
  const name = { practiceId: scene.practiceId, extractId };
  const second = await extracts.edit({ ...name, version: 1, content: { purpose: 'Another' } }, manager);
  expect(second).toMatchObject({ ok: true, version: 2 });
  const draft = { ...name, version: 2 };
  const id = await anExemption(extractId, 'type-2', { version: 2 });
  expect(await answer(id)).toEqual({ ok: true });
  const state = async () => (await exemptions.find(scene.practiceId, id))?.state;
  await extracts.edit({ ...draft, content: { contact: 'Ms Somebody' } }, manager);
  expect(await state()).toBe('approved');
  await extracts.edit({ ...draft, content: { recipient: 'Somebody else' } }, manager);
  expect(await state()).toBe('ended');
});

describe('an exemption that changes while a release is under way', () => {
  test('ended while it is scanned: who objected is taken out', async () => {
    const { extractId, of } = await anExtract();
    const id = await anExemption(extractId, 'type-2');
    await answer(id);
    const input = pieces(HEADER, rowOf(0), rowOf(2), () => end(id), rowOf(3));
    expect(await release(of, input, extractId)).toMatchObject({ output: HEADER + rowOf(0) + rowOf(3) });
  });

  test('approved while it is scanned: the release stays as strict as it began', async () => {
    const { extractId, of } = await anExtract();
    const id = await anExemption(extractId, 'type-2');
    const input = pieces(HEADER, rowOf(0), rowOf(2), () => answer(id), rowOf(3));
    expect(await release(of, input, extractId)).toMatchObject({ output: HEADER + rowOf(0) + rowOf(3) });
  });

  /** The guard of the scene, in which something happens between its last look and the final transaction. */
  const guardWith = (...acts: (() => Promise<unknown>)[]) => {
    const { database, vault, now, config } = scene.services;
    const store = releaseStore(database);
    return openGuard({
      extracts: extractStore(database, vault),
      releases: {
        ...store,
        decide: async (...given) => {
          await acts.shift()?.();
          return store.decide(...given);
        },
        decideCheck: async (...given) => {
          await acts.shift()?.();
          return store.decideCheck(...given);
        },
      },
      indexSource: (practiceId) => patientIndexSource(database, practiceId),
      now,
      spoolFolder: join(config.dataDir, 'spool'),
      spoolMaxBytes: 1e9,
    });
  };

  test('over, because midnight came while it was scanned', async () => {
    const { extractId, of } = await anExtract();
    await answer(await anExemption(extractId, 'type-2'));
    scene.clock.now = new Date('2026-11-30T23:59:00.000Z');
    const midnight = async () => {
      scene.clock.now = new Date('2026-12-01T00:00:00.000Z');
    };
    const done = await release(of, pieces(HEADER, rowOf(0), rowOf(2), midnight, rowOf(3)), extractId);
    expect(done).toMatchObject({ output: HEADER + rowOf(0) + rowOf(3) });
    scene.clock.now = START;
  });

  test('ended in the last moment: the decision is made anew', async () => {
    const { extractId, of } = await anExtract();
    const id = await anExemption(extractId, 'type-2');
    await answer(id);
    const guard = guardWith(() => end(id));
    const done = await release({ ...of, services: { ...scene.services, guard } }, everybody, extractId);
    expect(done).toMatchObject({ output: withoutRows(1, 2) });
  });

  test('ended in the last moment of a check', async () => {
    const { extractId, of } = await anExtract();
    const id = await anExemption(extractId, 'type-2');
    await answer(id);
    const numbers = everybody.match(/\d{10}/g) ?? [];
    const done = await guardWith(() => end(id)).check(of.job, extractId, numbers, 'text/plain');
    expect(done.ok && answersOf(done)).toEqual(numbers.map((one, at) => ([1, 2].includes(at) ? null : one)));
  });
});

describe('the database itself', () => {
  const raw = (sql: string) => scene.services.database.write((tx) => tx.$executeRawUnsafe(sql));

  test('refuses that one person asks and approves, or that what was asked for changes', async () => {
    const { extractId } = await anExtract();
    const id = await anExemption(extractId, 'type-2');
    const words = /asked for by one person and approved by another/;
    const at = scene.services.database.kind === 'sqlite' ? '0' : 'now()';
    const set = (columns: string) => raw(`UPDATE "Exemption" SET ${columns} WHERE "id" = '${id}'`);
    await expect(set(`"state" = 'approved', "decidedBy" = 'the-manager'`)).rejects.toThrow(words);
    await expect(set(`"state" = 'approved'`)).rejects.toThrow(words);
    await expect(set(`"askedBy" = 'the-guardian'`)).rejects.toThrow(words);
    await expect(set(`"endsOn" = '2099-01-01'`)).rejects.toThrow(words);
    await expect(set(`"type" = 'type-1'`)).rejects.toThrow(words);
    const columns =
      '"id", "practiceId", "extractId", "version", "type", "reason", "reference", "endsOn", "state", "askedAt", "askedBy", "decidedBy"';
    const values = `'x', 'p', 'e', 1, 'type-2', 'r', 'r', '2099-01-01', 'approved', ${at}, 'one', 'two'`;
    await expect(raw(`INSERT INTO "Exemption" (${columns}) VALUES (${values})`)).rejects.toThrow(words);
    expect(await answer(id, 'refuse')).toEqual({ ok: true });
    await expect(set(`"state" = 'approved'`)).rejects.toThrow(words);
    await expect(set(`"decidedBy" = 'somebody-else'`)).rejects.toThrow(words);
  });
});
