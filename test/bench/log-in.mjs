// Somebody at the desk, as their browser asks.

/** Logs in; returns what opens a page, and throws where there is none. */
export async function logIn(address, email, password) {
  const cookies = new Map();
  const go = async (path, form) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(address + path, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie, ...(form && { origin: address }) },
      ...(form && { body: new URLSearchParams(form) }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      cookies.set(name, value);
    }
    return { status: answer.status, text: await answer.text() };
  };
  const { text } = await go('/log-in');
  const token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1];
  const { status } = await go('/log-in', { _csrf: token, email, password });
  if (status !== 302 && status !== 303) throw new Error(`the log in was answered with ${status}`);
  return async (path) => {
    const page = await go(path);
    if (page.status !== 200) throw new Error(`${path} was answered with ${page.status}`);
    return page.text;
  };
}
