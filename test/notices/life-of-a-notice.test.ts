import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { letterPractice, publishRules } from '../../src/notices/letter-practice.ts';
import { digestOfContent } from '../../src/notices/notice-entry.ts';
import { toldSince } from '../../src/notices/telling.ts';
import { behindTheBack } from '../ledger/tamper.ts';
import { anApprovedExtract, anExtract } from '../support/extracts.ts';
import { aDraftNotice, aPublishedNotice } from '../support/notices.ts';
import { addStaffedPractice, type StaffedPractice } from '../support/people.ts';
import { openRegistry, type Registry } from '../support/registry.ts';

const NOW = new Date('2026-11-20T10:00:00.000Z');
const manager = { kind: 'staff', id: 'the-manager' } as const;
let registry: Registry;
let there: StaffedPractice;
let covers: { extractId: string; version: number }[];

beforeAll(async () => {
  registry = await openRegistry({}, { now: () => NOW });
  there = await addStaffedPractice(registry.services);
  covers = [{ extractId: await anApprovedExtract(registry.services, there.practice.id), version: 1 }];
});
afterAll(() => registry.close());

const services = () => registry.services;
const named = (one: { noticeId: string; version: number }) => ({ practiceId: there.practice.id, ...one });
const rules = () => publishRules(letterPractice(registry.config.publicUrl, there.practice));
const publish = (one: { noticeId: string; version: number }) =>
  services().notices.publish({ ...named(one), rules: rules() }, manager);
const versionOf = async ({ noticeId, version }: { noticeId: string; version: number }) => {
  const found = await services().notices.versionsOf(there.practice.id, noticeId);
  const one = found.find((each) => each.version === version);
  if (one === undefined) throw new Error('no such version');
  return one;
};
const entries = async (act: string) => {
  const texts = await services().database.reader.ledgerText.findMany({ orderBy: { index: 'asc' } });
  return texts.map(({ text }) => JSON.parse(text)).filter((entry) => entry.act === act);
};
const verify = () => services().ledger.verify(there.practice.id);

test('a draft is edited, by nobody who did not see what is there', async () => {
  const draft = await aDraftNotice(services(), there.practice, covers);
  const { content } = await versionOf(draft);
  const edit = {
    ...named(draft),
    name: 'Another name',
    covers,
    content: { ...content, title: 'Data and choice' },
  };
  const seen = digestOfContent(content);
  expect(await services().notices.edit({ ...edit, seen: 'another' }, manager)).toMatchObject({
    reason: 'changed-meanwhile',
  });
  expect(await services().notices.edit({ ...edit, name: ' ' }, manager)).toMatchObject({
    reason: 'not-named',
  });
  expect(await services().notices.edit({ ...edit, version: 7 }, manager)).toMatchObject({
    reason: 'no-such-version',
  });
  const nowhere = [{ extractId: 'of-nobody', version: 1 }];
  expect(await services().notices.edit({ ...edit, covers: nowhere }, manager)).toMatchObject({
    reason: 'no-such-extract',
  });
  expect(await services().notices.edit({ ...edit, seen }, manager)).toEqual({ ok: true });
  expect(await versionOf(draft)).toMatchObject({
    content: { title: 'Data and choice' },
    draftedBy: manager.id,
  });
});

test('publishing names all that is missing at once, and changes nothing', async () => {
  const draft = await aDraftNotice(services(), there.practice, covers, {
    careNotAffected: '',
    ground: 'So it is.',
  });
  const before = await versionOf(draft);
  const refused = await publish(draft);
  expect(refused).toMatchObject({ ok: false, reason: 'not-complete', notCovered: [] });
  expect('faults' in refused && refused.faults.map(({ part }) => part)).toEqual([
    'ground',
    'careNotAffected',
  ]);
  expect(await versionOf(draft)).toEqual(before);
});

test.each([
  { why: 'it tells of no extract', of: [], expected: { notCovered: null } },
  {
    why: 'it does not fit on its pages',
    of: undefined,
    different: { why: 'They use it for research and to plan care. '.repeat(120) },
    expected: { notCovered: [], unprintable: [/letter/, /large print/, /leaflet/] },
  },
  {
    why: 'a character cannot be printed',
    of: undefined,
    different: { title: 'Your data and your choice 数据' },
    expected: { unprintable: [/Take out what cannot be printed: 数 据/] },
  },
])('it is refused when $why', async ({ of, different = {}, expected: { unprintable = [], ...expected } }) => {
  const draft = await aDraftNotice(services(), there.practice, of ?? covers, different);
  expect(await publish(draft)).toMatchObject({
    reason: 'not-complete',
    unprintable: unprintable.map((words) => expect.stringMatching(words)),
    ...expected,
  });
});

test('nor does it tell of an extract that is over', async () => {
  const extractId = await anApprovedExtract(services(), there.practice.id, { extractId: 'soon-over' });
  const draft = await aDraftNotice(services(), there.practice, [{ extractId, version: 1 }]);
  await services().extracts.end({ practiceId: there.practice.id, extractId, version: 1 }, manager);
  expect(await publish(draft)).toMatchObject({ notCovered: [{ extractId, version: 1 }] });
});

test('nor of a draft of an extract: it has to be sent for approval first', async () => {
  const { id: practiceId } = there.practice;
  const { version } = await anExtract(services(), practiceId, {
    ...{ extractId: 'a-draft', state: 'draft', destroyBy: '2099-12-31' },
    ...{ agreementStartsOn: '2026-01-01', agreementEndsOn: '2099-12-31' },
  });
  const draft = await aDraftNotice(services(), there.practice, [
    ...covers,
    { extractId: 'a-draft', version },
  ]);
  expect(await publish(draft)).toMatchObject({
    reason: 'not-complete',
    notCovered: [],
    notSent: [{ extractId: 'a-draft', version }],
  });
  const named = { practiceId, extractId: 'a-draft', version };
  expect(await services().extracts.send(named, manager)).toMatchObject({ ok: true });
  expect(await publish(draft)).toMatchObject({ ok: true });
});

describe('once it is published', () => {
  test('the ledger has the digest of its words, and it is neither edited nor published again', async () => {
    const draft = await aDraftNotice(services(), there.practice, covers);
    const { content } = await versionOf(draft);
    const done = await publish(draft);
    const entry = (await entries('notice-published')).at(-1);
    expect(done).toEqual({ ok: true, index: entry.index });
    expect(entry).toMatchObject({
      actor: manager,
      data: { notice: draft.noticeId, digest: digestOfContent(content) },
    });
    expect(entry.data.covers).toEqual([{ extract: covers[0]?.extractId, version: 1 }]);
    const edit = { ...named(draft), name: 'A', covers, content };
    expect(await services().notices.edit(edit, manager)).toMatchObject({ reason: 'not-a-draft' });
    expect(await publish(draft)).toMatchObject({ reason: 'not-a-draft' });
    const [newest] = await services().notices.published(there.practice.id);
    expect(newest).toMatchObject({ ...draft, state: 'published', publishedAt: NOW });
  });

  test('a new version begins with the same words, and withdraws it when it is published itself', async () => {
    const first = await aPublishedNotice(services(), there.practice, covers);
    const { noticeId } = first;
    const of = { practiceId: there.practice.id, noticeId };
    expect(await services().notices.draftNext(of, manager)).toEqual({ ok: true, version: 2 });
    expect(await services().notices.draftNext(of, manager)).toMatchObject({ reason: 'draft-there' });
    const second = { noticeId, version: 2 };
    expect((await versionOf(second)).content).toEqual((await versionOf(first)).content);
    expect(await versionOf(first)).toMatchObject({ state: 'published' });
    expect(await publish(second)).toMatchObject({ ok: true });
    expect(await versionOf(first)).toMatchObject({ state: 'withdrawn', withdrawnBy: manager.id });
    expect(
      (await services().notices.published(there.practice.id)).filter((one) => one.noticeId === noticeId),
    ).toHaveLength(1);
    expect((await entries('notice-withdrawn')).at(-1).data).toEqual({ notice: noticeId, version: 1 });
  });

  test('it is withdrawn once, with its words kept', async () => {
    const one = await aPublishedNotice(services(), there.practice, covers);
    const before = await versionOf(one);
    expect(await services().notices.withdraw(named(one), manager)).toEqual({ ok: true });
    expect(await services().notices.withdraw(named(one), manager)).toMatchObject({ reason: 'not-published' });
    expect(await versionOf(one)).toMatchObject({ state: 'withdrawn', content: before.content });
  });
});

describe('a translation', () => {
  const polish = async () => {
    const one = await aPublishedNotice(services(), there.practice, covers);
    const version = await versionOf(one);
    const content = { ...version.content, aboutChild: 'Do rodzica: {name}' };
    const { link } = letterPractice(registry.config.publicUrl, there.practice);
    return { ...named(one), language: 'PL', format: 'standard', content, link } as const;
  };

  test('is kept with who added it, once a language and format', async () => {
    const said = await polish();
    const done = await services().notices.translate(said, manager);
    expect(done).toMatchObject({ ok: true });
    expect(await services().notices.translationsOf(said)).toMatchObject([
      { language: 'pl', addedBy: manager.id },
    ]);
    expect((await entries('notice-translated')).at(-1).data).toMatchObject({
      language: 'pl',
      format: 'standard',
    });
    expect(await services().notices.translate(said, manager)).toMatchObject({ reason: 'there-already' });
    expect(await services().notices.translate({ ...said, format: 'easy-read' }, manager)).toMatchObject({
      ok: true,
    });
  });

  test.each([
    ['of no language', { language: 'Polish please' }, { reason: 'language-unknown' }],
    ['that is the version itself', { language: 'en' }, { reason: 'plain-english' }],
    ['of what is not there', { version: 9 }, { reason: 'no-such-version' }],
  ])('%s is refused', async (_, different, refused) => {
    expect(await services().notices.translate({ ...(await polish()), ...different }, manager)).toMatchObject(
      refused,
    );
  });

  test('that lacks a part, the link or the number is refused, each named', async () => {
    const said = await polish();
    const content = {
      ...said.content,
      why: '',
      textMessage: 'Tekst',
      nationalOptOut: 'Tekst',
      title: '999 000 0018',
      aboutChild: 'Do rodzica',
    };
    expect(await services().notices.translate({ ...said, content }, manager)).toEqual({
      ok: false,
      reason: 'not-complete',
      missing: ['title', 'why', 'nationalOptOut', 'textMessage', 'aboutChild'],
    });
  });
});

test('easy read in English needs no words to the parent of a child: they are those of the letter', async () => {
  const one = await aPublishedNotice(services(), there.practice, covers);
  const { content } = await versionOf(one);
  const { link } = letterPractice(registry.config.publicUrl, there.practice);
  const said = { ...named(one), language: 'en', format: 'easy-read', content, link } as const;
  expect(await services().notices.translate(said, manager)).toMatchObject({ ok: true });
});

describe('a poster or a door drop', () => {
  const put = { how: 'door-drop', place: 'Every house of the High Street', on: '2026-11-20' } as const;

  test('is noted, and tells nobody', async () => {
    const one = await aPublishedNotice(services(), there.practice, covers);
    expect(await services().notices.putElsewhere({ ...named(one), ...put }, manager)).toMatchObject({
      ok: true,
    });
    expect(await services().notices.elsewhereOf(there.practice.id, one.noticeId)).toMatchObject([put]);
    const [entry] = await entries('notice-put-elsewhere');
    expect(entry.data).not.toHaveProperty('place');
    expect(await services().database.reader.toldAct.count()).toBe(0);
    const act = {
      id: 'a',
      patientId: 'p',
      ...one,
      attemptId: 'a',
      outcome: 'delivered',
      on: put.on,
      ledgerIndex: 1,
    };
    for (const how of ['poster', 'leaflets', 'door-drop', 'website', 'other'])
      expect(toldSince([{ ...act, how }])).toBeUndefined();
  });

  test.each([
    [{ place: ' ' }, 'no-place'],
    [{ on: '2026-02-30' }, 'not-a-day'],
    [{ on: '2026-11-21' }, 'in-future'],
    [{ on: '2026-11-19' }, 'before-published'],
    [{ version: 9 }, 'no-such-version'],
  ])('%o is refused: %s', async (different, reason) => {
    const one = await aPublishedNotice(services(), there.practice, covers);
    expect(await services().notices.putElsewhere({ ...named(one), ...put, ...different }, manager)).toEqual({
      ok: false,
      reason,
    });
  });

  test('of a draft is refused', async () => {
    const one = await aDraftNotice(services(), there.practice, covers);
    expect(await services().notices.putElsewhere({ ...named(one), ...put }, manager)).toMatchObject({
      reason: 'not-published',
    });
  });
});

describe('the ledger is verified', () => {
  const changed = { what: 'the wording of a notice is not what the entries say' };

  test('with how many wordings were published', async () => {
    const verified = await verify();
    expect(verified).toMatchObject({ ok: true });
    const count = (await entries('notice-published')).length + (await entries('notice-translated')).length;
    expect(verified.ok && verified.checked.wordings).toBe(count);
  });

  test.each([
    ['another word', { content: '{"title":"Your data is sold"}' }],
    ['other extracts', { covers: '[]' }],
    ['no JSON', { content: 'x' }],
    ['another state', { state: 'withdrawn' }],
    ['another day', { publishedAt: new Date(0) }],
    ['another person', { publishedBy: 'somebody' }],
    ['another entry', { publishedIndex: 1 }],
  ])('and a published version with %s is found', async (_, data) => {
    const { database } = services();
    const one = await aPublishedNotice(services(), there.practice, covers);
    const before = await database.reader.noticeVersion.findFirst({ where: one });
    await behindTheBack(database, (tx) => tx.noticeVersion.updateMany({ where: one, data }));
    expect(await verify()).toMatchObject(changed);
    await behindTheBack(database, (tx) => tx.noticeVersion.deleteMany({ where: one }));
    expect(await verify()).toMatchObject({ what: 'a notice is missing' });
    if (before) await behindTheBack(database, (tx) => tx.noticeVersion.create({ data: before }));
    expect(await verify()).toMatchObject({ ok: true });
  });

  test('and so is a translation with another word', async () => {
    const { database } = services();
    const before = await database.reader.noticeTranslation.findFirst();
    const where = { id: before?.id ?? '' };
    await behindTheBack(database, (tx) =>
      tx.noticeTranslation.updateMany({ where, data: { content: '{}' } }),
    );
    expect(await verify()).toMatchObject({ what: 'the translation of a notice is not what the entries say' });
    await behindTheBack(database, (tx) => tx.noticeTranslation.deleteMany({ where }));
    expect(await verify()).toMatchObject({ what: 'a notice is missing' });
    if (before) await behindTheBack(database, (tx) => tx.noticeTranslation.create({ data: before }));
    expect(await verify()).toMatchObject({ ok: true });
  });
});
