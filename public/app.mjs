import { initAll } from './nhsuk-frontend.min.js';

initAll();

// A page kept by the browser may show a patient to whoever presses Back after a log out: ask for it again (a reload would send a form again).
window.addEventListener('pageshow', (event) => {
  if (event.persisted) window.location.replace(window.location.href);
});

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// How far something long has come; when it has ended, the page is asked for again.
for (const part of document.querySelectorAll('[data-progress]')) if (!part.hidden) follow(part);

// A file that takes long to make: the page stays while it comes.
for (const link of document.querySelectorAll('[data-begins]'))
  link.addEventListener('click', () => begin(document.getElementById(link.dataset.begins), 20));

// Asked for, never reloaded: a page that answered a form would send it again.
const askAgain = (part) => window.location.replace(part.dataset.page);

async function howFar(part) {
  const answer = await fetch(part.dataset.progress, { redirect: 'error' }).catch(() => undefined);
  return answer?.ok ? answer.json() : undefined;
}

async function begin(part, tries) {
  const answer = await howFar(part);
  if (answer?.isRunning) {
    part.hidden = false;
    return follow(part);
  }
  // It came and went between two looks.
  if (answer && answer.last !== part.dataset.last) return askAgain(part);
  if (tries > 0) setTimeout(() => begin(part, tries - 1), 500);
}

async function follow(part) {
  const answer = await howFar(part);
  if (answer === undefined) return;
  const { isRunning, done, rows } = answer;
  if (!isRunning) return askAgain(part);
  const bar = part.querySelector('progress');
  bar.max = Math.max(rows, 1);
  bar.value = done;
  const shown = [done, rows].map((count) => count.toLocaleString('en-GB'));
  const unit = part.dataset.unit ?? 'rows';
  part.querySelector('[data-progress-words]').textContent = `${shown[0]} of ${shown[1]} ${unit}`;
  setTimeout(() => follow(part), 1000);
}
