import type { Page } from 'playwright';
import { paths } from '../../src/web/paths.ts';
import type { Person } from '../support/log-in.ts';

/** Logs in as a person does, on the page, and waits for the home page. */
export async function logInOnPage(page: Page, address: string, person: Pick<Person, 'email' | 'password'>) {
  await page.goto(address + paths.logIn);
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
}
