import { initAll } from './nhsuk-frontend.min.js';

initAll();

// A page kept by the browser may show a patient to whoever presses Back after a log out: ask for it again.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) window.location.reload();
});

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// How far something long has come; when it has ended, the page is asked for again.
for (const part of document.querySelectorAll('[data-progress]')) follow(part);

async function follow(part) {
  const answer = await fetch(part.dataset.progress, { redirect: 'error' }).catch(() => undefined);
  if (!answer?.ok) return;
  const { isRunning, done, rows } = await answer.json();
  if (!isRunning) return window.location.reload();
  part.querySelector('progress').value = done;
  const shown = [done, rows].map((count) => count.toLocaleString('en-GB'));
  part.querySelector('[data-progress-words]').textContent = `${shown[0]} of ${shown[1]} ${part.dataset.unit ?? 'rows'}`;
  setTimeout(() => follow(part), 1000);
}
