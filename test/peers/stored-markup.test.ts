import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import '../support/registry.ts';
import { readPage, textOf } from '../support/page.ts';
import { aPng } from '../support/scans.ts';
import { type Desk, locationOf, openDesk } from '../web/pages/objections/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.end());

const markup = '<img src=x onerror=alert(1)>"\'</script><script>alert(1)</script>';

test('peers fault 21: markup in notes, names, references and file names is shown as the words that it is', async () => {
  const agent = await desk.as('receptionist');
  const manager = await desk.as('manager');
  const requestId = randomUUID();
  const act = await desk.recorded({
    requestId,
    requester: 'deputy',
    requesterName: markup,
    note: markup,
    firstAskedOn: '2026-01-02',
    firstAskedProof: markup,
  });
  const evidence = `/objections/evidence?act=${act}`;
  const added = await agent.submit(evidence, {
    reference: markup,
    scan: { filename: '<img src=x onerror=alert(1)>.png', content: aPng },
  });
  expect(locationOf(added)).toBe(evidence);
  await agent.submit(`/objections/acts/${act}/error`, { reason: markup });
  const pages: [string, RegExp][] = [
    [evidence, /onerror=alert\(1\)>\.png/],
    [`/patients/${desk.patientId}`, /onerror=alert/],
    [`/objections/receipts/${act}`, /onerror=alert/],
    [`/objections/acts/${act}/error/answer`, /onerror=alert/],
    [`/authority-checks/${requestId}`, /onerror=alert/],
  ];
  for (const [path, shown] of pages) {
    const page = await manager.get(path);
    expect([path, page.status]).toEqual([path, 200]);
    expect(textOf(page.text, 'main')).toMatch(shown);
    const found = [...readPage(page.text).querySelectorAll('main img, main script, [onerror]')];
    expect([path, found.length]).toEqual([path, 0]);
  }
  const sent = await agent.submit(`/objections/evidence?act=${act}`, { reference: '' });
  expect(sent.status).toBe(400);
});
