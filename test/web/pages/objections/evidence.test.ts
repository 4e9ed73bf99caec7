import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import '../../../support/registry.ts';
import type { Agent } from '../../../support/log-in.ts';
import { readPage, textOf } from '../../../support/page.ts';
import { aJpeg, aPdf, aPng } from '../../../support/scans.ts';
import { type Desk, errorsOf, locationOf, openDesk, valuesOf } from './desk.ts';

let desk: Desk;
let reception: Agent;
let page: string;
beforeEach(async () => {
  desk = await openDesk();
  reception = await desk.as('receptionist');
  page = `/objections/evidence?act=${await desk.recorded()}`;
});
afterEach(() => desk.end());

const scanHref = async () => {
  const { text } = await reception.get(page);
  return readPage(text).querySelector('main a[download]')?.getAttribute('href') ?? '';
};

test('a reference in words', async () => {
  const added = await reception.submit(page, { reference: 'Document 12 in the record' });
  expect(locationOf(added)).toBe(page);
  const shown = await reception.get(page);
  expect(textOf(shown.text, 'main')).toMatch(/Document 12 in the record .*by The receptionist/);
});

test('a scan is given out as a download only, under a name of ours, and the look is written down', async () => {
  await reception.submit(page, { scan: { filename: '../../Ada Lovelace.exe', content: aPdf() } });
  const href = await scanHref();
  const { headers, body } = await reception.get(href);
  expect(headers['content-type']).toBe('application/pdf');
  expect(headers['content-disposition']).toMatch(/^attachment; filename=evidence-[0-9a-f]{8}\.pdf$/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['content-security-policy']).toContain('sandbox');
  expect(headers['cache-control']).toBe('no-store');
  expect(Buffer.from(body).equals(aPdf())).toBe(true);
  const looks = await desk.services.patients.looks(desk.practice.practice.id, desk.patientId, {
    skip: 0,
    take: 1,
  });
  expect(looks).toMatchObject([{ what: 'evidence', staffId: desk.practice.receptionist.id }]);
  const monitor = await desk.as('monitor');
  expect((await monitor.get(href)).status).toBe(403);
});

describe('a scan that is not one', () => {
  test.each([
    ['empty', Buffer.alloc(0), /is empty/],
    ['too large', aJpeg(5_000_000), /smaller than 5 MB/],
    ['with a password', aPdf('/Encrypt 5 0 R'), /protected with a password/],
    ['broken off', aPng.subarray(0, 30), /breaks off/],
    ['something else, called a PDF', Buffer.from('MZ'), /must be a PDF, JPEG or PNG/],
  ])('%s: said so, and the reference is kept', async (_what, content, words) => {
    const answer = await reception.submit(page, {
      reference: 'Letter',
      scan: { filename: 'a.pdf', content },
    });
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([['#scan', expect.stringMatching(words)]]);
    expect(valuesOf(answer)).toMatchObject({ reference: ['Letter'] });
    expect(await scanHref()).toBe('');
  });
});

test('nothing at all is asked for', async () => {
  const answer = await reception.submit(page, { reference: ' ' });
  expect(errorsOf(answer)).toEqual([['#reference', 'Enter a reference, or select a scan']]);
});

test('a form that was not served to this session adds nothing', async () => {
  const answer = await reception.post(page, { reference: 'Letter' });
  expect(answer.status).toBe(403);
});

test('authority: not answered by who keyed it; another person’s answer is shown to the next', async () => {
  const child = await desk.another('2019-05-05');
  const told = { requester: 'parental-responsibility', requesterName: 'Anne King' } as const;
  const check = `/authority-checks/${await desk.recorded({ patientId: child, ...told })}`;
  const own = await reception.get(check);
  expect(textOf(own.text, 'main')).toContain('You recorded this yourself');
  expect(own.text).not.toContain('name="answer"');
  const manager = await desk.as('manager');
  const empty = await manager.submit(check, { answer: 'not-enough', note: '' });
  expect(errorsOf(empty)).toEqual([['#note', 'Enter what is missing']]);
  expect(valuesOf(empty)).toMatchObject({ answer: ['not-enough'] });
  const before = await manager.get(check);
  expect(locationOf(await manager.submit(check, { answer: 'seen', note: 'Certificate' }))).toBe(
    '/work/authority',
  );
  const late = await manager.submitPage(before, check, { answer: 'seen' });
  expect(late.status).toBe(400);
  expect(textOf(late.text, 'main')).toContain('The manager saw that they may ask');
});
