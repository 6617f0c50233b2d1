// The web without a browser: follows a form as the page gives it, so that no route's name is built into the tests.
import http from 'node:http';

// One request; {status, headers, text}. `host` is the town's, whatever the address connected to.
export function request({ port, host, path = '/', method = 'GET', headers = {}, body = '' }) {
  return new Promise((done, fail) => {
    const sent = { Host: host, 'Accept-Language': 'fr', ...headers };
    if (body) sent['Content-Length'] = Buffer.byteLength(body);
    const out = http.request({ host: '127.0.0.1', port, path, method, headers: sent, setHost: false }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString('utf8') }));
    });
    out.on('error', fail);
    out.end(body);
  });
}

function attribute(tag, name) {
  return new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(tag)?.[1]?.replace(/&amp;/g, '&').replace(/&quot;/g, '"');
}

// The page's first form that has a password field: {action, fields: [[name, type, value]]}.
export function passwordForm(text) {
  for (const [form] of text.matchAll(/<form\b[\s\S]*?<\/form>/gi)) {
    if (!/type="password"/i.test(form)) continue;
    const fields = [...form.matchAll(/<input\b[^>]*>/gi)].map(([tag]) => [attribute(tag, 'name'), attribute(tag, 'type') ?? 'text', attribute(tag, 'value') ?? '']);
    return { action: attribute(form.match(/<form\b[^>]*>/i)[0], 'action') ?? '', fields: fields.filter(([name]) => name) };
  }
  return null;
}

function cookiesOf(answer) {
  return (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]);
}

// Signs in by the town's own form; the Cookie header of the session.
export async function signIn({ port, host, address, password }) {
  let path = '/';
  let page = await request({ port, host, path });
  const cookies = cookiesOf(page);
  for (let i = 0; i < 4 && page.status >= 300 && page.status < 400; i++) {
    path = new URL(page.headers.location, `http://${host}${path}`);
    path = path.pathname + path.search;
    page = await request({ port, host, path, headers: { Cookie: cookies.join('; ') } });
    cookies.push(...cookiesOf(page));
  }
  const form = passwordForm(page.text);
  if (!form) throw new Error(`no sign-in form at ${path}: ${page.status}`);
  const values = form.fields.map(([name, type, value]) => {
    if (type === 'password') return [name, password];
    return [name, type === 'hidden' || type === 'checkbox' ? value : address];
  });
  const action = new URL(form.action, `http://${host}${path}`);
  const answer = await request({
    port, host, path: action.pathname + action.search, method: 'POST', body: new URLSearchParams(values).toString(),
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: `http://${host}`, Cookie: cookies.join('; ') },
  });
  const session = [...cookies, ...cookiesOf(answer)];
  if (answer.status !== 303 && answer.status !== 302) throw new Error(`sign-in is answered with ${answer.status}`);
  return session.join('; ');
}
