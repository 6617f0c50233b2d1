// Real clients against a private parvis: imapflow, nodemailer, mbsync, curl, swaks; browsers that operate the house; language models.
//   node client/all.mjs [--peer dovecot]     the peer shows that the IMAP tests judge the server and not themselves
import { Dovecot, PASSWORD, dovecotIsHere } from '../lib/dovecot.mjs';
import { Parvis, SYNDICATE, TWO_TOWNS, whyNoParvis } from '../lib/parvis.mjs';
import { Tally, until } from '../lib/tally.mjs';
import { Wire } from '../lib/wire.mjs';
import { openImap, tests as imapflowTests } from './imapflow.mjs';
import { tests as nodemailerTests } from './nodemailer.mjs';
import { tests as operateTests } from './operate.mjs';
import { imapTests, mailTests } from './programs.mjs';
import { Plugged, tests as providerTests } from './provider.mjs';
import { tests as watchTests } from './watch.mjs';

async function say(wire, text, code) {
  wire.send(text);
  for (;;) {
    const line = (await wire.line())?.toString();
    if (!line?.startsWith(code)) throw new Error(`LMTP: ${line}`);
    if (line[3] !== '-') return;
  }
}

function serverOf(ports, first, second, stop) {
  const server = { ports, first, second, stop };
  server.deliver = async (address, letter) => {
    const wire = await Wire.open(ports.lmtp);
    await say(wire, '', '220');
    await say(wire, 'LHLO test.example\r\n', '250');
    await say(wire, 'MAIL FROM:<sender@outside.example>\r\n', '250');
    await say(wire, `RCPT TO:<${address}>\r\n`, '250');
    await say(wire, 'DATA\r\n', '354');
    await say(wire, `${letter}.\r\n`, '250');
    wire.close();
  };
  const find = async (account, subject) => {
    const client = openImap(server, account);
    await client.connect();
    try {
      await client.mailboxOpen('INBOX');
      const all = await client.fetchAll('1:*', { envelope: true, source: true });
      return all.filter((one) => one.envelope.subject === subject).map((one) => one.source.toString('utf8'));
    } finally {
      await client.logout();
    }
  };
  // The newest message with that subject, as soon as it is there.
  server.arrives = (account, subject) =>
    until(async () => (await find(account, subject)).at(-1), `"${subject}" at ${account.address}`, 10000);
  server.count = async (account, subject) => (await find(account, subject)).length;
  return server;
}

async function startParvis() {
  const parvis = await Parvis.start();
  const account = (address) => ({ address, password: parvis.password(address) });
  return serverOf(parvis.ports, account('accueil@beauval.example'), account('finances@clairmont.example'), () => parvis.stop());
}

async function startDovecot() {
  const accounts = ['accueil@beauval.example', 'finances@clairmont.example'];
  const dovecot = await Dovecot.start({ accounts, secure: true });
  const account = (address) => ({ address, password: PASSWORD });
  return serverOf(dovecot.ports, account(accounts[0]), account(accounts[1]), () => dovecot.stop());
}

async function playAll(tally, server, groups) {
  for (const [client, tests] of groups) {
    for (const [name, body] of Object.entries(tests)) await tally.test(`${client}: ${name}`, () => body(server), { ms: 60000 });
  }
  await tally.test('the server ends cleanly', () => server.stop());
}

async function playOperate(tally) {
  const parvis = await Parvis.start({ towns: [SYNDICATE, ...TWO_TOWNS] });
  for (const [name, body] of operateTests(parvis)) await tally.test(`operate: ${name}`, body, { ms: 60000 });
  await tally.test('operate: the server ends cleanly', () => parvis.stop());
}

async function playWatch(tally) {
  const parvis = await Parvis.start();
  for (const [name, body] of watchTests(parvis)) await tally.test(`watch: ${name}`, body, { ms: 60000 });
  await tally.test('watch: the server ends cleanly', () => parvis.stop());
}

async function playProvider(tally) {
  const plugged = await Plugged.start();
  for (const [name, body] of providerTests(plugged)) await tally.test(`provider: ${name}`, body, { ms: 60000 });
  await tally.test('provider: the server ends cleanly', () => plugged.stop());
}

const OVER_IMAP = [['imapflow', imapflowTests], ['programs', imapTests]];
const ALL = [...OVER_IMAP, ['nodemailer', nodemailerTests], ['programs', mailTests]];

async function main(words) {
  const tally = new Tally();
  if (words[0] === '--peer') await playAll(tally, await startDovecot(), OVER_IMAP);
  else {
    if (dovecotIsHere()) {
      await tally.test('the IMAP clients, on Dovecot', async () => {
        const own = new Tally();
        await playAll(own, await startDovecot(), OVER_IMAP);
        if (own.failed || !own.passed) throw new Error(`${own.passed} pass on Dovecot, ${own.failed} fail`);
        console.log(`${own.passed} client tests pass on Dovecot too`);
      }, { ms: 120000 });
    }
    const reason = await whyNoParvis(['imap', 'submission']);
    if (reason) tally.skip('clients on parvis', reason);
    else {
      await playAll(tally, await startParvis(), ALL);
      await playOperate(tally);
      await playWatch(tally);
      await playProvider(tally);
    }
  }
  tally.end();
}

await main(process.argv.slice(2));
