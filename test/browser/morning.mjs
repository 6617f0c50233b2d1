// What an agent does on a morning, as an agent does it: first without a script, then what a script adds.
import { signInWithBrowser } from './crawl.mjs';
import { follow, openContext } from './judge.mjs';
import { equal, ok } from '../lib/tally.mjs';

async function signedIn(browser, origin, account, script) {
  const { context, faults } = await openContext(browser, { script });
  const page = await context.newPage();
  await signInWithBrowser(page, origin, account);
  await page.goto(`${origin}/mail`);
  return { page, faults };
}

const note = async (page) => (await page.locator('main .note').first().innerText()).replace(/\s+/g, ' ').trim();
const press = (page, act) => follow(page.locator(`.selbar button[value=${act}]`));

async function severalAtOnce(page) {
  await press(page, 'archive');
  equal(await note(page), 'Cochez d’abord une conversation.', 'nothing ticked');
  await page.locator('.pick').nth(1).check();
  await press(page, 'move');
  ok((await note(page)).startsWith('Choisissez d’abord un dossier'), 'no folder chosen');
  await follow(page.getByText('Tout cocher'));
  const count = await page.locator('.pick').count();
  ok(count > 10, `${count} rows`);
  equal(await page.locator('.pick:checked').count(), count, 'ticked');
  await follow(page.getByText('Tout décocher'));
  equal(await page.locator('.pick:checked').count(), 0, 'unticked');
}

async function deletedAndBack(page, origin) {
  const subject = await page.locator('.threads b').first().innerText();
  await page.locator('.pick').first().check();
  await press(page, 'delete');
  await follow(page.getByText('Voir la corbeille'));
  equal(await page.locator('.threads b').first().innerText(), subject, 'in the trash');
  await page.locator('.pick').first().check();
  await press(page, 'restore');
  await page.goto(`${origin}/mail`);
  equal(await page.locator('.threads b').first().innerText(), subject, 'back');
}

async function writtenAndUndone(page, origin, to) {
  await page.goto(`${origin}/mail/write`);
  await page.fill('#to', `${to}, personne`);
  await page.fill('#subject', 'Essai du matin');
  await page.fill('#text', 'Voir https://notice.example/a.\n\n> ancien');
  await follow(page.locator('button[value=send]'));
  ok((await page.title()).startsWith('Erreur'), 'a wrong address');
  await page.fill('#to', to);
  await page.setInputFiles('#file', { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(30000) });
  await follow(page.locator('button[value=save]'));
  ok((await page.locator('.files li').innerText()).includes('PDF'), 'the kind of a file');
  await follow(page.locator('button[value=send]'));
  ok((await note(page)).startsWith('Le message part dans'), 'it has not left');
  await follow(page.getByText('Annuler'));
  equal(await page.inputValue('#to'), to, 'a draft again');
  equal(await page.locator('.files li').count(), 1, 'with its file');
}

async function searchedByFields(page, origin) {
  await page.goto(`${origin}/mail/search`);
  await follow(page.getByText('Chercher mieux'));
  await page.fill('#sender', 'service finances');
  await page.fill('#after', '2026-01-01');
  await follow(page.locator('button[form=search]'));
  equal(await page.inputValue('#q'), 'de:"service finances" après:2026-01-01', 'the words that were made of fields');
  ok((await page.locator('.threads li').count()) > 0, 'something is found');
}

async function withScript(page, deliver) {
  await follow(page.getByText('Tout cocher'));
  const count = await page.locator('.pick').count();
  equal(await page.locator('.pick:checked').count(), count, 'ticked at once');
  ok(!page.url().includes('all'), 'without another page');
  await follow(page.getByText('Tout décocher'));
  await follow(page.locator('.pick').nth(1));
  await follow(page.locator('.pick').nth(4), { modifiers: ['Shift'] });
  equal(await page.locator('.pick:checked').count(), 4, 'all between two');
  for (let i = 1; i <= 4; i++) await page.locator('.pick').nth(i).uncheck();
  await follow(page.locator('h1'));
  const title = await page.title();
  await deliver('Arrivé entre-temps');
  await page.locator('.threads b', { hasText: 'Arrivé entre-temps' }).waitFor({ timeout: 40000 });
  ok((await page.title()) !== title, 'the title counts');
}

// `deliver(subject)` puts one more message into the person's inbox.
export async function judgeMorning(tally, browser, { origin, account, to, deliver }) {
  await tally.test('a morning without a script', async () => {
    const { page, faults } = await signedIn(browser, origin, account, false);
    await severalAtOnce(page);
    await deletedAndBack(page, origin);
    await writtenAndUndone(page, origin, to);
    await searchedByFields(page, origin);
    // The form that was refused on purpose is the one thing the browser's console may speak of.
    equal(faults.filter((one) => !/status of 422/.test(one)), [], 'faults');
    await page.context().close();
  }, { ms: 120000 });
  await tally.test('what a script adds', async () => {
    const { page, faults } = await signedIn(browser, origin, account, true);
    await withScript(page, deliver);
    equal(faults, [], 'faults');
    await page.context().close();
  }, { ms: 120000 });
}
