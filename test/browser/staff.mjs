// From a recruitment to a leave that is answered: one records without script at 320 px, another signs the arrêté, the agent asks, the
// manager answers on the team's month, and elected members see totals alone.
import { equal, ok } from '../lib/tally.mjs';
import { signInWithBrowser } from './crawl.mjs';
import { follow, judge, openContext, shapeFindings } from './judge.mjs';

// Without script axe does not answer: its findings are asked of the same pages in `judged`.
async function shape(page, where) {
  equal(await shapeFindings(page), [], where);
}

async function rights(page, origin, people) {
  for (const [address, names] of people) {
    await page.goto(`${origin}/staff/people`);
    const form = page.locator('form.sheet', { hasText: address });
    for (const name of names) await form.getByLabel(name, { exact: true }).check();
    await follow(form.locator('button').first());
  }
}

async function fill(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name=${name}]`);
    if (await field.evaluate((one) => one.tagName) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await follow(form.locator('button').first());
}

async function main(page) {
  return page.locator('main').innerText();
}

// A team, a post, an agent with an identity, an account and a step: with forms alone.
async function record(page, origin, manager, agent) {
  await page.goto(`${origin}/staff/posts`);
  await fill(page.locator('form[action="/staff/teams"]'), { code: 'TEC', name: 'Services techniques' });
  await page.goto(`${origin}/staff/posts`);
  const chosen = await page.locator('form[action="/staff/posts"] [name=team] option', { hasText: 'Services techniques' }).getAttribute('value');
  await fill(page.locator('form[action="/staff/posts"]'), { team: chosen, code: 'P1', title: 'Agent technique', deliberation: '2024-12', day: '2024-01-15', since: '2024-02-01' });
  const team = page.locator(`form[action="/staff/teams/${chosen}"]`);
  await team.locator('select').selectOption({ label: manager });
  await follow(team.locator('button').first());
  await shape(page, 'posts and teams');
  await page.goto(`${origin}/staff/recruit`);
  await shape(page, 'a recruitment');
  const post = await page.locator('#post option', { hasText: 'Agent technique' }).getAttribute('value');
  await fill(page.locator('form[action="/staff/recruit"]'), { code: 'AG0101', since: '2024-03-01', status: '1', grade: 'ATEC', step: '3', post });
  const file = page.url().replace(/\?.*/, '');
  ok((await main(page)).includes('IB 370, IM 368'), 'the step has no indices');
  await shape(page, 'a file');
  await page.goto(`${file}/identity`);
  await fill(page.locator('form.sheet').first(), { name: 'EXEMPLE', first_name: 'Agente', sex: '2', born: '1985-04-02' });
  await page.goto(file);
  await fill(page.locator('form[action$="/link"]'), { address: agent });
  await page.goto(`${origin}/staff/alerts`);
  ok((await main(page)).includes('Échelon 4'), 'the step that is due is not told');
  await shape(page, 'alerts');
  await page.goto(`${origin}/staff/settings`);
  await fill(page.locator('form[action="/staff/settings"]'), { zone: '2', rtt: '23', deliberation: '2025-7' });
  await shape(page, 'settings');
  return file;
}

async function sign(page, faults, origin) {
  await page.goto(`${origin}/staff/acts`);
  await judge(page, faults, 'acts', { picture: 'staff-acts' });
  await follow(page.locator('main .list a').first());
  ok((await main(page)).includes('Mme Agente EXEMPLE'), 'the act does not name the agent');
  await judge(page, faults, 'a draft', { picture: 'staff-act-draft' });
  const bytes = await page.evaluate(async () => new TextDecoder('latin1').decode(await (await fetch(`${location.pathname}/act.pdf`)).arrayBuffer()).slice(0, 5));
  equal(bytes, '%PDF-', 'the act on paper');
  await follow(page.locator('form[action$="/sign"] button'));
  ok((await main(page)).includes('Signé par'), 'the act is not signed');
  await judge(page, faults, 'a signed act', { picture: 'staff-act-signed' });
}

async function ask(page, origin) {
  await page.goto(`${origin}/staff/me`);
  ok((await main(page)).includes('RTT'), 'the counters lack RTT');
  await fill(page.locator('form[action="/staff/me"]'), { kind: '0', since: '2027-07-05', until: '2027-07-09' });
  await shape(page, 'my file');
}

async function answer(page, origin) {
  await page.goto(`${origin}/staff/team?month=2027-07-01`);
  await shape(page, 'a team with a request');
  await follow(page.locator('form[action$="/approve"] button'));
  await page.goto(`${origin}/staff/team?month=2027-07-01`);
  ok((await main(page)).includes('5 juillet 2027'), 'the leave is not on the team’s month');
  await shape(page, 'a team’s month');
}

// The pages of whoever records, as they stand at the end.
async function judged(page, faults, origin, file) {
  const pages = { posts: 'posts', recruit: 'recruit', alerts: 'alerts', settings: 'settings', file: file.slice(`${origin}/staff/`.length) };
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(`${origin}/staff/${path}`);
    await judge(page, faults, name, { picture: `staff-${name}-320` });
  }
}

async function walk(browser, parvis) {
  const origin = `http://tableau.localhost:${parvis.ports.web}`;
  const [admin, clerk, agent] = ['administration', 'etat-civil', 'finances'].map((name) => `${name}@tableau.example`)
    .map((address) => ({ address, password: parvis.password(address) }));
  await parvis.cli(['service', 'on', 'tableau', 'staff']);
  const wide = await openContext(browser), small = await openContext(browser, { width: 320, script: false });
  const [page, other] = [await wide.context.newPage(), await small.context.newPage()];
  await signInWithBrowser(page, origin, admin);
  await signInWithBrowser(other, origin, clerk);
  await rights(page, origin, [[clerk.address, ['Lire les dossiers', 'Enregistrer des faits']],
    [admin.address, ['Confirmer en second', 'Voir les totaux']]]);
  await page.goto(`${origin}/staff/people`);
  const manager = await page.locator('form.sheet', { hasText: admin.address }).locator('legend').evaluate((one) => one.firstChild.textContent.trim());
  const file = await record(other, origin, manager, agent.address);
  await sign(page, wide.faults, origin);
  const own = await openContext(browser, { width: 320, script: false });
  const second = await own.context.newPage();
  await signInWithBrowser(second, origin, agent);
  await ask(second, origin);
  const phone = await openContext(browser, { width: 320, script: false });
  const third = await phone.context.newPage();
  await signInWithBrowser(third, origin, admin);
  await answer(third, origin);
  await page.goto(`${origin}/staff/team?month=2027-07-01`);
  await page.setViewportSize({ width: 320, height: 900 });
  await judge(page, wide.faults, 'a team’s month', { picture: 'staff-team-320' });
  const desk = await openContext(browser, { width: 320 });
  const fourth = await desk.context.newPage();
  await signInWithBrowser(fourth, origin, clerk);
  await judged(fourth, desk.faults, origin, file);
  await page.goto(`${origin}/staff/totals`);
  ok((await main(page)).includes('masqué'), 'one agent is told as a total');
  await judge(page, wide.faults, 'totals', { picture: 'staff-totals' });
  await page.goto(`${origin}/staff`);
  await judge(page, wide.faults, 'the home of staff', { picture: 'staff-home' });
  equal([wide, small, own, phone, desk].map((one) => one.faults), [[], [], [], [], []], 'faults');
  for (const one of [wide, small, own, phone, desk]) await one.context.close();
}

export async function judgeStaff(tally, browser, parvis) {
  await tally.test('an agent, from a recruitment to an answered leave', () => walk(browser, parvis), { ms: 300000 });
}
