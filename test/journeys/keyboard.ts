import type { Locator, Page } from 'playwright';

/** More stops than any page has. */
const MOST_STOPS = 120;

/** Presses Tab until the element has the focus, as somebody without a mouse does. Throws when it never gets it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    if ((await page.locator(':focus').and(target).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`nobody gets there with the Tab key: ${target}`);
}

/** Goes to a field and types into it. */
export async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** Presses a key that leads to another page; returns when that page is there and can be typed into. */
export async function pressForPage(page: Page, key = 'Enter'): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press(key)]);
  // A browser gives `autofocus` the focus when it draws the page, which can be after the load: a key before that is lost.
  await page.screenshot({ clip: { x: 0, y: 0, width: 1, height: 1 }, caret: 'initial' });
}

/** Goes to a link or button and presses it; returns when the next page is there. */
export async function press(page: Page, role: 'button' | 'link', name: string): Promise<void> {
  await tabTo(page, page.getByRole(role, { name, exact: true }));
  await pressForPage(page);
}

/** Goes to a box, or to the group of radio buttons, and chooses the one whose label begins so. */
export async function choose(page: Page, role: 'checkbox' | 'radio', name: string): Promise<void> {
  const wanted = page.getByRole(role, { name: new RegExp(`^${name}`) });
  if (role === 'checkbox') {
    await tabTo(page, wanted);
    return page.keyboard.press('Space');
  }
  // Tab stops once at a group; the arrow keys choose within it.
  const group = await wanted.getAttribute('name');
  await tabTo(page, page.locator(`input[type=radio][name="${group}"]`));
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    if ((await page.locator(':focus').and(wanted).count()) > 0) return page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`the arrow keys do not reach ${name}`);
}

const ALT = 1;

/** Presses Alt and a letter, as Chromium on Windows and Linux wants it for the access key of a button. */
export async function pressAccessKey(page: Page, letter: string): Promise<void> {
  const keyboard = await page.context().newCDPSession(page);
  const code = letter.toUpperCase();
  await keyboard.send('Input.dispatchKeyEvent', {
    type: 'keyDown',
    modifiers: ALT,
    key: letter,
    code: `Key${code}`,
    windowsVirtualKeyCode: code.charCodeAt(0),
    text: letter,
    unmodifiedText: letter,
  });
  await keyboard.detach();
}
