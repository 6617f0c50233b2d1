// A document of the town, given in the editor's page: read, quoted by the assistant; and one that is none, refused with why.
import path from 'node:path';
import { signInWithBrowser } from './crawl.mjs';
import { follow, judge, openContext } from './judge.mjs';
import { equal, ok } from '../lib/tally.mjs';

const ODT = path.join(import.meta.dirname, '../corpus/wording/small.odt');
const LATE_MS = 30000;

async function give(page, origin, file) {
  await page.goto(`${origin}/sources/add`);
  await page.fill('#authors', 'Conseil municipal');
  await page.selectOption('#licence', 'acte-officiel');
  await page.setInputFiles('#file', file);
  await follow(page.locator('main button.main'));
}

// Its page is asked again, as whoever waits would, until it says something else.
async function wait(page) {
  const end = Date.now() + LATE_MS;
  while ((await page.locator('main [role=status]').count()) > 0) {
    ok(Date.now() < end, 'it is read for too long');
    await follow(page.locator('main a.btn'));
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
    await follow(page.locator('main button.main'));
  };
  await add('Le marché ouvre à 8 h.', false);
  await add('Le marché ouvre à 7 h.', false);
  ok((await page.locator('main [role=alert]').innerText()).includes('porte déjà ce titre'), 'it is asked');
  await judge(page, [], 'the question');
  await add('Le marché ouvre à 7 h.', true);
  ok((await page.locator('main').innerText()).includes('à 7 h'), 'it is replaced');
}

// A text of 4 MB: shown by pages of lines, a link of an answer leads to its line, and all of it works without script.
async function shownInPages(browser, page, origin) {
  const line = (i) => `Article ${i} : ${'le texte continue. '.repeat(11)}`;
  const words = Array.from({ length: 18000 }, (_, i) => line(i)).join('\n');
  await page.goto(`${origin}/sources/add`);
  await page.fill('#title', 'Registre des actes');
  await page.fill('#authors', 'Conseil municipal');
  await page.selectOption('#licence', 'acte-officiel');
  await page.setInputFiles('#file', { name: 'registre.txt', mimeType: 'text/plain', buffer: Buffer.from(words) });
  await follow(page.locator('main button.main'));
  await page.goto(`${origin}/sources`);
  const path = await page.locator('main a', { hasText: 'Registre des actes' }).getAttribute('href');
  await page.goto(`${origin}${path}?line=4711#l4711`);
  ok((await page.locator('main mark').innerText()).startsWith('Article 4711 :'), 'the line is marked');
  const { y } = await page.locator('main mark').boundingBox();
  ok(y >= 0 && y < page.viewportSize().height, `the line is in sight: ${y}`);
  await judge(page, [], 'a page of lines', { picture: 'source-pages' });
  const { context } = await openContext(browser, { width: 320, script: false });
  const plain = await context.newPage();
  await plain.goto(`${origin}${path}?line=499`);
  await follow(plain.locator('main a', { hasText: 'Lignes suivantes' }).first());
  equal(await plain.locator('main #l500').count(), 1, 'the page behind');
  await follow(plain.locator('main a', { hasText: 'Lignes précédentes' }).last());
  equal(await plain.locator('main #l499').count(), 1, 'the page before');
  await context.close();
}

export async function judgeDocuments(tally, browser, { origin, account }) {
  const { context, faults } = await openContext(browser);
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  await tally.test('a document is read and quoted', () => readAndQuoted(page, origin), { ms: 90000 });
  await tally.test('a document that is none is refused with why', () => refusedWithWhy(page, origin), { ms: 60000 });
  await tally.test('a text of 4 MB is shown in pages', () => shownInPages(browser, page, origin), { ms: 90000 });
  await tally.test('documents ask for nothing elsewhere', () => equal(faults, [], 'faults'));
  // Behind that: its page answers 422, which the browser tells as a fault.
  await tally.test('a title that is taken is asked about', () => askedBeforeReplacing(page, origin), { ms: 60000 });
  await context.close();
}
