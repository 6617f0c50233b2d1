// Takes the pictures of README anew, into doc/picture: node test/browser/pictures.mjs, after ./check packages build.
// A mailbox of 500 conversations, the three towns' functions, nobody's data. Letters are those of Debian's fonts-noto-core
// and fonts-urw-base35 where they are installed.
import fs from 'node:fs';
import path from 'node:path';
import { makeConversations } from '../corpus/make_conversations.mjs';
import { Parvis, SYNDICATE, TWO_TOWNS } from '../lib/parvis.mjs';
import { ROOT } from '../lib/place.mjs';
import { shrinkPng } from '../lib/png.mjs';
import { signInWithBrowser } from './crawl.mjs';
import { THEMES, follow, openBrowser, openContext } from './judge.mjs';

const FOLDER = path.join(ROOT, 'doc/picture');
const BYTES_MAX = 120000;
const UNREAD = 9;
const ME = 'accueil@beauval.example';

// The newest are unread, as on a morning.
function morning(box) {
  const letters = box.split(/^(?=From sample@)/m);
  return letters.map((letter, i) => (i < letters.length - UNREAD ? letter.replace('\n', '\nStatus: RO\n') : letter)).join('');
}

const PAGE = `<p><img src="https://lettre.compta.example/bandeau.png" alt="bandeau" width="600" height="90"></p>
<p>Bonjour,</p><p>Le bordereau 46 est pris en charge, sauf deux titres :</p>
<table border="1" cellpadding="6"><tr><th>Titre</th><th>Motif du rejet</th><th>Montant</th></tr>
<tr><td>1 204</td><td>SIRET du débiteur absent</td><td>412,00 €</td></tr><tr><td>1 219</td><td>Imputation 7067 sans fonction</td><td>86,40 €</td></tr></table>
<p>La notice est <a href="https://notice.compta.example/">en ligne</a>.</p><p>La trésorerie</p>`;

function letterOfTreasury(now) {
  const date = new Date(now).toUTCString().replace('GMT', '+0000');
  const [, day, number, month, year, time] = /^(\w+), (\d+) (\w+) (\d+) (\S+)/.exec(date);
  const file = (name, type, size) => `--b\nContent-Type: ${type}\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${Buffer.alloc(size).toString('base64').replace(/.{76}/g, '$&\n')}\n`;
  return [
    `From tresorerie@compta.example ${day} ${month} ${number} ${time} ${year}`, 'From: =?UTF-8?Q?Tr=C3=A9sorerie?= <tresorerie@compta.example>',
    `To: Accueil <${ME}>, Service finances <finances@beauval.example>`, 'Subject: Titres de recettes de novembre', `Date: ${date}`,
    'Message-ID: <titres-46@compta.example>', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', '--b',
    'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64', '', Buffer.from(PAGE).toString('base64').replace(/.{76}/g, '$&\n'),
    file('bordereau-46.pdf', 'application/pdf', 38000) + file('rejets.ods', 'application/vnd.oasis.opendocument.spreadsheet', 12000) + '--b--', '', '',
  ].join('\n');
}

async function take(page, name, height) {
  const file = path.join(FOLDER, `${name}.png`);
  await page.setViewportSize({ width: page.viewportSize().width, height });
  const bytes = shrinkPng(await page.screenshot(), 64);
  const size = bytes.length;
  if (size > BYTES_MAX) throw new Error(`${name}.png has ${size} bytes: more than ${BYTES_MAX}`);
  fs.writeFileSync(file, bytes);
  console.log(`${name}.png ${size}`);
}

async function signedIn(browser, parvis, town, address, how) {
  const { context } = await openContext(browser, how);
  const page = await context.newPage();
  await signInWithBrowser(page, `http://${town}.localhost:${parvis.ports.web}`, { address, password: parvis.password(address) });
  return page;
}

async function main() {
  const now = Date.now();
  const parvis = await Parvis.start({ towns: [...TWO_TOWNS, SYNDICATE] });
  for (const [local, name] of [['finances', 'Service finances'], ['urbanisme', 'Urbanisme'], ['ecoles', 'Affaires scolaires']]) {
    await parvis.addPerson(`${local}@beauval.example`, name);
  }
  const box = path.join(parvis.dir, 'box.mbox');
  fs.writeFileSync(box, morning(makeConversations({ count: 500, me: ME, end: now - 4 * 86400000 })) + letterOfTreasury(now - 900000));
  await parvis.cli(['mail', 'import', ME, box]);
  fs.mkdirSync(FOLDER, { recursive: true });
  const browser = await openBrowser();
  const [light, dark] = THEMES;

  let page = await signedIn(browser, parvis, 'beauval', ME, { theme: light });
  await take(page, 'mail-list', 760);
  const list = page.url();
  await follow(page.locator('.threads a', { hasText: 'Titres de recettes' }).first());
  await page.waitForLoadState('networkidle');
  await take(page, 'conversation', 960);
  page = await signedIn(browser, parvis, 'beauval', ME, { theme: dark });
  await page.locator('.pick').nth(1).check();
  await page.locator('.pick').nth(2).check();
  await take(page, 'mail-dark', 640);
  page = await signedIn(browser, parvis, 'beauval', ME, { theme: light, width: 320 });
  await page.goto(list);
  await take(page, 'mail-narrow', 780);
  page = await signedIn(browser, parvis, 'beauval', 'administration@beauval.example', { theme: light });
  await page.goto(`http://beauval.localhost:${parvis.ports.web}/people`);
  await take(page, 'administration', 760);
  page = await signedIn(browser, parvis, 'syndicat', 'operateur@syndicat.example', { theme: light });
  await page.goto(`http://syndicat.localhost:${parvis.ports.web}/operate/health`);
  await take(page, 'health', 620);

  await browser.close();
  await parvis.stop();
}

await main();
