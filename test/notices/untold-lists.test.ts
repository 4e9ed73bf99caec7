import { expect, test } from 'vitest';
import { manager, openTellingScene } from './telling-scene.ts';

const home = { address: '1 High Street', postcode: 'ZX1 1AA' };
const mobile = { mobile: '07700900123' };

/** The names of the lists that have somebody, with how many. */
const filled = ({ lists }: { lists: readonly { list: { name: string }; count: number }[] }) =>
  Object.fromEntries(lists.filter(({ count }) => count > 0).map(({ list, count }) => [list.name, count]));

test.each([
  ['is reached by letter', home, {}],
  ['has nothing', {}, { 'spoken-to': 1, 'no-contact': 1 }],
  ['wants no mail', { ...home, noMail: true }, { 'spoken-to': 1, 'no-mail': 1 }],
  ['wants no mail, and has a mobile', { ...home, ...mobile, noMail: true }, {}],
  ['reads Polish', { ...home, language: 'pl' }, { 'language-or-format': 1 }],
  ['needs braille', { ...home, contactFormat: 'braille' }, { 'language-or-format': 1 }],
  ['needs large print', { ...home, contactFormat: 'large-print' }, {}],
  ['is 12', { ...home, dateOfBirth: '2013-03-03' }, { 'under-13': 1 }],
  ['is 13 today', { ...home, dateOfBirth: '2013-03-02' }, {}],
  ['is restricted', { restricted: true, ...home }, { restricted: 1 }],
  ['left', { status: 'left' as const }, {}],
  ['died', { dateOfDeath: '2026-01-01' }, {}],
])('who %s is on the right lists', async (_who, person, lists) => {
  const scene = await openTellingScene();
  await scene.add(person);
  const untold = await scene.tellings.untold(scene.practiceId, scene.ref);
  expect(filled(untold)).toEqual(lists);
  // On two lists they are one person.
  expect(untold.people).toBe(Object.keys(lists).length === 0 ? 0 : 1);
  await scene.end();
});

test('who came later, whose message came back, and who came of age since they were told', async () => {
  const scene = await openTellingScene();
  const [child, bounced] = await scene.add({ ...home, dateOfBirth: '2013-03-10' }, mobile);
  const texts = (await scene.make('text')) ?? '';
  await scene.send(texts, '2026-03-02');
  await scene.results(`${[...(await scene.references(texts)).values()][0]},failed,2026-03-02`);
  await scene.send((await scene.make('letter')) ?? '', '2026-03-02');
  scene.on('2026-03-09');
  const [later] = await scene.add(home);
  const lists = async () => filled(await scene.tellings.untold(scene.practiceId, scene.ref));
  expect(await lists()).toEqual({ 'came-back': 1, 'spoken-to': 1, new: 1 });
  const waiting = () => scene.services.work.waiting(scene.practiceId, 'told-otherwise');
  expect(await waiting()).toEqual([{ id: bounced, since: '2026-03-02' }]);
  // The parents were told before the birthday.
  scene.on('2026-03-10');
  expect(await lists()).toEqual({ 'came-back': 1, 'spoken-to': 1, new: 1, 'came-of-age': 1 });
  const on = (name: 'came-of-age' | 'new' | 'came-back') =>
    scene.tellings.untoldOn(scene.practiceId, scene.ref, name, { skip: 0, take: 10 });
  expect([await on('came-of-age'), await on('new'), await on('came-back')]).toEqual([
    [child],
    [later],
    [bounced],
  ]);
  const telling = { practiceId: scene.practiceId, patientId: bounced ?? '', ...scene.ref };
  await scene.tellings.tell({ ...telling, how: 'at-the-desk', on: '2026-03-10' }, manager);
  expect(await waiting()).toEqual([]);
  expect(await on('came-back')).toEqual([]);
  await scene.end();
});
