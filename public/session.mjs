// Warns before a session ends, so that nothing that was typed is lost. The server alone knows when that is: another
// tab may have kept the session alive. Asking it does not.

/** So many seconds before the end, at most. A very short session is warned of later. */
const WARN = 120;
/** In the last minute, the time is said again after so many seconds. */
const STEP = 20;

const dialog = document.querySelector('[data-session]');
const time = dialog.querySelector('[data-session-time]');
const stay = dialog.querySelector('[data-session-stay]');
const first = Number(dialog.dataset.left);
const warnAt = Math.min(WARN, first / 2);
const button = stay.querySelector('button');
const stayWords = button.textContent;
let canStay = true;
let timer;
let endsAt = Date.now() + first * 1000;

const left = () => Math.round((endsAt - Date.now()) / 1000);
const later = (seconds, work) => {
  clearTimeout(timer);
  timer = setTimeout(work, Math.max(0, seconds) * 1000);
};

later(first - warnAt, look);
stay.addEventListener('submit', (event) => {
  event.preventDefault();
  goOn();
});
// Escape: to stay is what nobody regrets.
dialog.addEventListener('cancel', (event) => {
  event.preventDefault();
  goOn();
});
// A computer that slept wakes up late.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) look();
});
for (const form of typedForms()) {
  form.addEventListener('input', () => {
    form.dataset.typed = 'yes';
  });
}

/** Asks how the session stands, and warns, ends or waits. */
async function look() {
  const state = await ask();
  if (state === undefined) return left() <= 0 ? end() : later(STEP, look);
  endsAt = Date.now() + state.secondsLeft * 1000;
  canStay = state.canStay;
  if (state.secondsLeft <= 0) return end();
  if (state.secondsLeft > warnAt) {
    if (dialog.open) dialog.close();
    return later(state.secondsLeft - warnAt, look);
  }
  warn();
}

function warn() {
  dialog.querySelector('[data-session-idle]').hidden = !canStay;
  dialog.querySelector('[data-session-day]').hidden = canStay;
  button.textContent = canStay ? stayWords : 'Close';
  if (!dialog.open) dialog.showModal();
  const seconds = left();
  say(seconds);
  // To the next full minute, in the last minute to the next step; then the server is asked again.
  const step = seconds > 60 ? 60 : STEP;
  later(seconds % step || step, look);
}

function say(seconds) {
  const minutes = Math.ceil(seconds / 60);
  const step = Math.max(STEP, Math.ceil(seconds / STEP) * STEP);
  const words =
    seconds > 60 - STEP ? `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : `${step} seconds`;
  if (time.textContent !== words) time.textContent = words;
}

/** Undefined when the server could not be asked. */
async function ask(options) {
  const answer = await fetch(dialog.dataset.session, {
    ...options,
    redirect: 'manual',
    cache: 'no-store',
  }).catch(() => undefined);
  if (answer === undefined || answer.status >= 500) return undefined;
  return answer.ok ? answer.json() : { secondsLeft: 0 };
}

async function goOn() {
  if (dialog.open) dialog.close();
  // At the end of the working day nothing can be put off: whoever has read it is left to save what they began.
  if (!canStay) return later(left(), look);
  const body = new URLSearchParams(new FormData(stay));
  await ask({ method: 'POST', body });
  look();
}

/** Forms of the page that can be kept: no file, no password. */
function typedForms() {
  const forms = [...document.querySelectorAll('main form[method=post]')];
  return forms.filter((form) => !form.querySelector('input[type=file], input[type=password]'));
}

/**
 * The session is over: what was typed is sent to be kept for whoever typed it, and never done; the page goes, because
 * somebody else may sit here by now.
 */
function end() {
  clearTimeout(timer);
  const isAgain = document.querySelector('.nhsuk-error-summary') !== null;
  const form = typedForms().find((one) => one.dataset.typed || isAgain);
  if (form === undefined) {
    const here = window.location.pathname + window.location.search;
    return window.location.replace(`${dialog.dataset.over}?then=${encodeURIComponent(here)}`);
  }
  const mark = document.createElement('input');
  mark.type = 'hidden';
  mark.name = '_timedOut';
  mark.value = 'yes';
  form.append(mark);
  HTMLFormElement.prototype.submit.call(form);
}
