import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ejs from 'ejs';
import type { Response } from 'express';
import { londonTime } from '../day.ts';
import { asset } from './assets.ts';
import { classes, content, inner, oneOf } from './component-options.ts';
import { Form, noForm } from './form.ts';
import { type Frame, frameOf } from './frame.ts';
import { attributes, Html, html } from './html.ts';
import { navigationFor } from './navigation.ts';
import { paths } from './paths.ts';

const root = fileURLToPath(new URL('../../views', import.meta.url));
const templates = new Map<string, ejs.TemplateFunction>();

function template(view: string): ejs.TemplateFunction {
  const filename = `${root}/${view}.ejs`;
  const known = templates.get(view);
  const made = known ?? ejs.compile(readFileSync(filename, 'utf8'), { filename, root, cache: true });
  if (!known) templates.set(view, made);
  return made;
}

const helpers = { asset, attributes, classes, component, content, html, inner, oneOf, paths };

/** The one inline script of every page, to the letter; the Content-Security-Policy names it by its hash. */
export const jsEnabled = readFileSync(`${root}/layouts/js-enabled.ejs`, 'utf8').trim();

/** Renders views/components/<name>.ejs, which sees the options given and nothing else of the page. */
export function component(name: string, params: object = {}): Html {
  return new Html(template(`components/${name}`)({ ...helpers, params }).trim());
}

/** Renders a view that is a part of pages, such as a text to search in: it sees the helpers and its own model. */
export function renderPart(view: string, model: object = {}): Html {
  return new Html(template(view)({ ...helpers, ...model }));
}

/** What a page needs: its title (before " - Opt-out registry"), and whatever its own view shows. */
export interface Page {
  title: string;
  /** The address of the page before, for a back link at the top. */
  back?: string;
  [name: string]: unknown;
}

/**
 * Renders views/<view>.ejs inside views/layouts/page.ejs. The view sees its own model, the helpers, `form`
 * (an empty one if the model has none) and `formToken`; the layout sees the frame as well.
 */
export function renderPage(frame: Frame, view: string, page: Page): string {
  const { keptForm } = frame;
  const own = { form: noForm, back: undefined, ...page, ...(keptForm && { form: new Form(keptForm) }) };
  const model = { ...own, ...helpers, formToken: () => component('form-token', frame) };
  const body = template(view)(model);
  return template('layouts/page')({ ...model, frame, body, jsEnabled, londonTime, navigationFor });
}

/** Renders a view as a file for a website of others: styles beside it, no script, no menu, no links into the app. */
export function renderFile(view: string, page: Page): string {
  const model = { form: noForm, ...page, ...helpers };
  return template('layouts/file')({ ...model, body: template(view)(model) });
}

/** Answers with a page; a status other than 200 is set before: `render(res.status(400), …)`. */
export function render(res: Response, view: string, page: Page): void {
  res.type('html').send(renderPage(frameOf(res), view, page));
}
