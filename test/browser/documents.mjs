// A document of the town, given in the editor's page: read, quoted by the assistant; and one that is none, refused with why.
import path from 'node:path';
import { signInWithBrowser } from './crawl.mjs';
import { judge, openContext } from './judge.mjs';
import { equal, ok } from '../lib/tally.mjs';

const ODT = path.join(import.meta.dirname, '../corpus/wording/small.odt');
const LATE_MS = 30000;

async function give(page, origin, file) {
  await page.goto(`${origin}/sources/add`);
  await page.fill('#authors', 'Conseil municipal');
  await page.selectOption('#licence', 'acte-officiel');
  await page.setInputFiles('#file', file);
  await page.locator('main button.main').click();
}

// Its page is asked again, as whoever waits would, until it says something else.
async function wait(page) {
  const end = Date.now() + LATE_MS;
  while ((await page.locator('main [role=status]').count()) > 0) {
    ok(Date.now() < end, 'it is read for too long');
    await page.locator('main a.btn').click();
  }
}

async function readAndQuoted(page, origin) {
  await give(page, origin, ODT);
  await wait(page);
  equal(await page.locator('h1').innerText(), 'Règlement de voirie', 'the title the document tells');
  ok((await page.locator('main').innerText()).includes('Le disque & la zone bleue'), 'its words');
  await judge(page, [], 'the source');
  const end = Date.now() + LATE_MS;
  const quoted = async () => {
    await page.goto(`${origin}/assistant?q=${encodeURIComponent('Quel disque en zone bleue ?')}`);
    return (await page.locator('main').innerText()).includes('Le disque & la zone bleue valent une heure et demie.');
  };
  while (!(await quoted())) ok(Date.now() < end, 'the assistant does not quote it');
}

async function refusedWithWhy(page, origin) {
  await give(page, origin, { name: 'vide.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n') });
  await wait(page);
  ok((await page.locator('main [role=alert]').innerText()).includes('abîmé'), 'why');
  await judge(page, [], 'the refusal');
}

// A title that is taken: asked first, and replaced only once it is said.
async function askedBeforeReplacing(page, origin) {
  const add = async (words, replace) => {
    if (!replace) await page.goto(`${origin}/sources/add`);
    await page.fill('#title', 'Horaires du marché');
    await page.fill('#authors', 'Conseil municipal');
    await page.selectOption('#licence', 'acte-officiel');
    await page.fill('#words', words);
    if (replace) await page.check('input[name=replace]');
    await page.locator('main button.main').click();
  };
  await add('Le marché ouvre à 8 h.', false);
  await add('Le marché ouvre à 7 h.', false);
  ok((await page.locator('main [role=alert]').innerText()).includes('porte déjà ce titre'), 'it is asked');
  await judge(page, [], 'the question');
  await add('Le marché ouvre à 7 h.', true);
  ok((await page.locator('main').innerText()).includes('à 7 h'), 'it is replaced');
}

export async function judgeDocuments(tally, browser, { origin, account }) {
  const { context, faults } = await openContext(browser);
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  await tally.test('a document is read and quoted', () => readAndQuoted(page, origin), { ms: 90000 });
  await tally.test('a document that is none is refused with why', () => refusedWithWhy(page, origin), { ms: 60000 });
  await tally.test('documents ask for nothing elsewhere', () => equal(faults, [], 'faults'));
  // Behind that: its page answers 422, which the browser tells as a fault.
  await tally.test('a title that is taken is asked about', () => askedBeforeReplacing(page, origin), { ms: 60000 });
  await context.close();
}
