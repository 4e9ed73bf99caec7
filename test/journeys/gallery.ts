import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Form } from '../../src/web/form.ts';
import { frameOf } from '../../src/web/frame.ts';
import { html } from '../../src/web/html.ts';
import { securityHeaders } from '../../src/web/middleware/security-headers.ts';
import { accessibilityRoutes } from '../../src/web/pages/accessibility/routes.ts';
import { assetRoutes } from '../../src/web/pages/assets/routes.ts';
import { helpRoutes } from '../../src/web/pages/help/routes.ts';
import { privacyRoutes } from '../../src/web/pages/privacy/routes.ts';
import { component, renderPage } from '../../src/web/view-engine.ts';
import { smallApp } from '../web/small-app.ts';

const practice = { name: 'The Example Surgery', madeUp: true };
const asha = { name: 'Asha Patel', role: 'Practice manager', may: () => true };

const form = new Form(
  {
    nhsNumber: '999 000 00',
    via: 'phone',
    types: ['1'],
    'receivedOn-day': '31',
    'receivedOn-month': '2',
    'receivedOn-year': '2026',
  },
  [
    { field: 'nhsNumber', text: 'NHS number is too short' },
    { field: 'receivedOn-day', text: 'Received on must be a real date' },
  ],
);
const legend = (text: string) => ({ fieldset: { legend: { text, size: 'm' } } });
const status = html`${component('tag', { text: 'In force', colour: 'green' })}`;

/** Each component once or more, as pages of the registry use them. */
const parts = [
  html`<h1 class="nhsuk-heading-l">Every component</h1>`,
  component('panel', {
    heading: { text: 'Objection recorded', level: 2 },
    html: html`Reference<br><strong>ABCD-1234</strong>`,
  }),
  component('panel', {
    variant: 'interruption',
    heading: { text: 'This patient already objects', level: 2, size: 'l' },
    html: html`<p>Nothing is lost.</p>`,
  }),
  component('notification-banner', { text: 'The registry will be away from 8pm to 9pm.' }),
  component('inset-text', { text: 'There is no objection on record.' }),
  component('warning-callout', { heading: 'Type 2', text: 'It has no national effect.' }),
  component('details', { summary: 'How to find an NHS number', text: 'On any letter of the NHS.' }),
  component('card', {
    heading: { text: 'Find a patient', level: 2 },
    href: '/patients',
    clickable: true,
    description: 'By NHS number or name',
  }),
  component('summary-list', {
    card: { heading: { text: 'Type 1 objection', level: 2 }, actions: [{ text: 'Withdraw', href: '#x' }] },
    rows: [
      {
        key: 'Status',
        value: { html: status },
        actions: { items: [{ text: 'Change', href: '#x', visuallyHiddenText: 'status' }] },
      },
      { key: 'Received on', value: '3 March 2026' },
    ],
  }),
  ...['responsive', 'compact', 'scroll'].map((look) =>
    component('tables', {
      id: `table-${look}`,
      caption: { text: `Objections, ${look}`, size: 'm' },
      [look]: true,
      firstCellIsHeader: true,
      head: ['Month', { text: 'Type 1', format: 'numeric' }, { text: 'Type 2', format: 'numeric' }],
      rows: [
        ['January 2026', '12', '3'],
        ['February 2026', '1,204', '0'],
      ],
    }),
  ),
  component('pagination', {
    previous: { href: '?page=1' },
    next: { href: '?page=3' },
    items: [
      { number: 1, href: '?page=1' },
      { number: 2, href: '?page=2', current: true },
      { ellipsis: true },
      { number: 9, href: '?page=9' },
    ],
  }),
  component('task-list', {
    items: [{ heading: 'Import the list', href: '#x', status: { tag: { text: 'To do', colour: 'blue' } } }],
  }),
  component('tabs', {
    id: 'tabs',
    items: [
      { label: 'Now', panel: { text: 'Now' } },
      { label: 'Before', panel: { text: 'Before' } },
    ],
  }),
  component('action-link', { text: 'Download the report', href: '#x' }),
  html`<form method="post" novalidate>
    ${component('search-input', { name: 'q', label: 'Search', hint: 'Name or NHS number' })}
    ${component('input', { ...form.field('nhsNumber'), label: { text: 'NHS number', size: 'm' }, code: true, width: 10, inputmode: 'numeric', autocomplete: 'off' })}
    ${component('date-input', { ...form.day('receivedOn'), ...legend('Received on'), hint: 'For example, 15 3 2026' })}
    ${component('radios', { ...form.field('via'), ...legend('Received via'), items: [{ value: 'phone', text: 'Phone' }, { divider: 'or' }, { value: 'other', text: 'Other', hint: 'Say which' }] })}
    ${component('checkboxes', {
      ...form.choices('types'),
      ...legend('Type'),
      items: [
        { value: '1', text: 'Type 1' },
        { value: '2', text: 'Type 2' },
      ],
    })}
    ${component('select', {
      name: 'sort',
      label: 'Sort by',
      items: [
        { value: 'a', text: 'Name' },
        { value: 'b', text: 'Day' },
      ],
    })}
    ${component('character-count', { name: 'note', label: 'Note', maxlength: 200 })}
    ${component('file-upload', { name: 'file', label: 'Patient list' })}
    ${component('password-input', { name: 'password', label: 'Password' })}
    <div class="nhsuk-button-group">
      ${component('button', { text: 'Save', preventDoubleClick: true })}
      ${component('button', { text: 'Withdraw', variant: 'warning' })}
      ${component('button', { text: 'Cancel', href: '#x', variant: 'secondary' })}
      <button hidden data-print class="nhsuk-button nhsuk-button--secondary">Print</button>
    </div>
  </form>`,
];

/** The frame's own pages, an error page, and one page with every component, served as the app serves them. */
export async function openGallery(): Promise<{ address: string; close: () => void }> {
  const { app } = smallApp(
    securityHeaders({ https: false }),
    assetRoutes(),
    (_req, res, next) => {
      Object.assign(frameOf(res), {
        practice,
        person: asha,
        takeDone: () => 'Objection recorded',
        formToken: () => 'token',
      });
      next();
    },
    helpRoutes(),
    accessibilityRoutes(),
    privacyRoutes(),
    (req, res, next) => {
      if (!req.path.startsWith('/gallery')) return next();
      const wrong = req.path === '/gallery/errors' && { form };
      const page = renderPage(frameOf(res), 'privacy/show', {
        title: 'Every component',
        back: '/help',
        ...wrong,
      });
      res.send(page.replace(/<div class="nhsuk-grid-row">[\s\S]*(?=<\/main>)/, () => parts.join('\n')));
    },
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => server.close(),
  };
}
