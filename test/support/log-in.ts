import request, { type Response, type Test } from 'supertest';
import { readPage } from './page.ts';
import { noteSeen } from './seen.ts';
import { type Fields, fillForm } from './served-form.ts';

/** A browser without JavaScript: keeps cookies, sends only forms that were served to it, follows nothing by itself. */
export type Agent = {
  get(path: string): Promise<Response>;
  /** GETs the page, fills its form, and posts it where the form says. Throws when there is no such form or field. */
  submit(path: string, fields?: Fields, options?: { form?: string }): Promise<Response>;
  /** Fills and posts the form of a page that was answered already, such as one with errors. */
  submitPage(page: Response, path: string, fields?: Fields, options?: { form?: string }): Promise<Response>;
  /** A POST as a browser sends it, with whatever in it: for what no form of ours would send. */
  post(path: string, body: Record<string, unknown>, headers?: Record<string, string>): Test;
};

/** Somebody with an account; the factories and the made-up practice give these. */
export type Person = { readonly email: string; readonly password: string };

/** A browser at `address` (from `registry.listen()`) in which nobody is logged in. */
export function visit(address: string): Agent {
  const browser = request.agent(address);
  const seen = (response: Response) => {
    if (response.headers.location) noteSeen('url', response.headers.location);
    return response;
  };
  const post = (path: string) => {
    noteSeen('url', path);
    return browser.post(path).set('Origin', address).redirects(0);
  };
  const agent: Agent = {
    async get(path) {
      noteSeen('url', path);
      return seen(await browser.get(path).redirects(0));
    },
    async submit(path, fields, options) {
      const page = await agent.get(path);
      if (page.status !== 200) throw new Error(`${path} was answered with ${page.status}, not with a form`);
      return agent.submitPage(page, path, fields, options);
    },
    async submitPage(page, path, fields = {}, options = {}) {
      const form = fillForm(readPage(page.text), fields, options.form);
      const sent = post(form.action ?? path);
      if (!form.multipart) return seen(await sent.type('form').send(form.fields));
      for (const [name, value] of Object.entries(form.fields)) {
        if (typeof value === 'object' && 'filename' in value)
          sent.attach(name, Buffer.from(value.content), value.filename);
        else for (const one of [value].flat()) sent.field(name, one);
      }
      return seen(await sent);
    },
    post: (path, body, headers = {}) => post(path).set(headers).type('form').send(body),
  };
  return agent;
}

/** Logs somebody in through the page served, and returns their browser. */
export async function logInAs(address: string, { email, password }: Person): Promise<Agent> {
  const agent = visit(address);
  const answer = await agent.submit('/log-in', { email, password });
  if (answer.status !== 303) throw new Error(`log in was answered with ${answer.status}`);
  return agent;
}
