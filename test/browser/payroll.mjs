// A month of pay, from the recruitment of two agents to an approved month and a payslip's explanation: one prepares without script at
// 320 px, another approves, the agent looks.
import { equal, ok } from '../lib/tally.mjs';
import { signInWithBrowser } from './crawl.mjs';
import { follow, judge, openContext } from './judge.mjs';

const MONTH = '2026-03';

async function rights(page, origin, where, people) {
  for (const [address, names] of people) {
    await page.goto(origin + where);
    const form = page.locator('form.sheet', { hasText: address });
    for (const name of names) await form.getByLabel(name, { exact: true }).check();
    await follow(form.locator('button').first());
  }
}

async function recruit(page, origin, code, fields) {
  await page.goto(`${origin}/staff/recruit`);
  const form = page.locator('form[action="/staff/recruit"]');
  await form.locator('[name=code]').fill(code);
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name=${name}]`);
    if (await field.evaluate((one) => one.tagName) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await follow(form.locator('button').first());
  ok(!page.url().includes('recruit'), `${code} is not recruited: ${await page.locator('main').innerText()}`);
  return page.url().replace(/\?.*/, '');
}

// Elements, a draft, what it says of a line: with forms alone.
async function prepare(page, faults, origin) {
  await page.goto(`${origin}/payroll`);
  await page.fill('#open-month', MONTH);
  await follow(page.locator('section:has(#open) button'));
  await judge(page, faults, 'a month that begins', { picture: 'payroll-begins-320' });
  await follow(page.locator('main a.btn', { hasText: 'Éléments' }));
  await page.fill('#element-matricule', 'AG0001');
  await page.fill('#element-amount', '310,50');
  await page.fill('#element-source', 'Arrêté 2026-12');
  await follow(page.locator('section:has(#element) button'));
  ok((await page.locator('main').innerText()).includes('310,50'), 'the element is not listed');
  await judge(page, faults, 'elements', { picture: 'payroll-elements-320' });
  await page.goto(`${origin}/payroll/months/${MONTH}`);
  await follow(page.locator('section:has(#draft) button'));
  ok((await page.locator('main').innerText()).includes('Brouillon'), 'there is no draft');
  await judge(page, faults, 'a draft', { picture: 'payroll-draft-320' });
  await follow(page.locator('main table a', { hasText: 'AG0001' }).first());
  const line = page.locator('details#l-treatment');
  await line.locator('summary').click();
  ok((await line.innerText()).includes('Règle treatment'), 'the line is not explained');
  await judge(page, faults, 'a payslip', { picture: 'payroll-slip-320' });
  for (const where of ['employer', 'law', `months/${MONTH}/changes`, `months/${MONTH}/vendor`]) {
    await page.goto(`${origin}/payroll/${where}`);
    await judge(page, faults, where, { picture: `payroll-${where.replaceAll('/', '-')}-320` });
  }
}

async function approve(page, faults, origin) {
  await page.goto(`${origin}/payroll/months/${MONTH}`);
  await judge(page, faults, 'a draft before it is approved', { picture: 'payroll-draft' });
  await follow(page.locator('section:has(#approve) button'));
  ok((await page.locator('main').innerText()).includes('Approuvé'), 'the month is not approved');
  await page.goto(`${origin}/payroll/months/${MONTH}/posting`);
  await judge(page, faults, 'before accounting', { picture: 'payroll-posting' });
  await page.goto(`${origin}/payroll/months/${MONTH}`);
  await follow(page.locator('section:has(#close) button'));
  ok((await page.locator('main').innerText()).includes('Clos'), 'the month is not closed');
}

// Two clicks from one's own payslips to why a line is what it is; less than 50 kB.
async function own(page, faults, origin) {
  await page.goto(`${origin}/payroll/own`);
  await judge(page, faults, 'own payslips', { picture: 'payroll-own-320' });
  await follow(page.locator('main table a').first());
  await page.locator('details#l-cnracl_agent summary').click();
  ok((await page.locator('details#l-cnracl_agent').innerText()).includes('11,10'), 'the line is not explained to the agent');
  const bytes = await page.evaluate(async () => (await (await fetch(location.href)).arrayBuffer()).byteLength);
  ok(bytes < 50000, `the payslip has ${bytes} bytes`);
  await judge(page, faults, 'an own payslip', { picture: 'payroll-own-slip-320' });
}

async function walk(browser, parvis) {
  const origin = `http://tableau.localhost:${parvis.ports.web}`;
  const [admin, clerk] = ['administration@tableau.example', 'etat-civil@tableau.example']
    .map((address) => ({ address, password: parvis.password(address) }));
  for (const service of ['accounting', 'staff', 'payroll']) await parvis.cli(['service', 'on', 'tableau', service]);
  const wide = await openContext(browser), small = await openContext(browser, { width: 320, script: false });
  const [page, other] = [await wide.context.newPage(), await small.context.newPage()];
  await signInWithBrowser(page, origin, admin);
  await signInWithBrowser(other, origin, clerk);
  await rights(page, origin, '/staff/people', [[clerk.address, ['Lire les dossiers', 'Enregistrer des faits']]]);
  await rights(page, origin, '/payroll/people', [[clerk.address, ['Préparer la paie']], [admin.address, ['Approuver la paie']]]);
  const file = await recruit(other, origin, 'AG0001', { since: '2024-03-01', status: '1', grade: 'ATEC', step: '3' });
  await recruit(other, origin, 'AG0002', { since: '2025-01-01', status: '2', index: '400', article: 'L332-8', part_time: '80' });
  await other.goto(file);
  await other.fill('form[action$="/link"] [name=address]', clerk.address);
  await follow(other.locator('form[action$="/link"] button'));
  await prepare(other, small.faults, origin);
  await approve(page, wide.faults, origin);
  const phone = await openContext(browser, { width: 320 });
  const third = await phone.context.newPage();
  await signInWithBrowser(third, origin, clerk);
  await own(third, phone.faults, origin);
  equal([wide.faults, small.faults, phone.faults], [[], [], []], 'faults');
  for (const one of [wide, small, phone]) await one.context.close();
}

export async function judgePayroll(tally, browser, parvis) {
  await tally.test('a month of pay, from a recruitment to an explained line', () => walk(browser, parvis), { ms: 300000 });
}
