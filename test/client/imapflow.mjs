// imapflow, a mail client's IMAP: everything an agent's program does in a day.
import { ImapFlow } from 'imapflow';
import { equal, ok, until } from '../lib/tally.mjs';

export function openImap(server, account = server.first, options = {}) {
  return new ImapFlow({
    host: 'localhost',
    port: server.ports.imap,
    secure: false,
    tls: { rejectUnauthorized: false },
    auth: { user: account.address, pass: account.password },
    logger: false,
    ...options,
  });
}

async function withClient(server, body, options) {
  const client = openImap(server, server.first, options);
  await client.connect();
  try {
    return await body(client);
  } finally {
    await client.logout().catch(() => client.close());
  }
}

const LETTER = (subject, text) =>
  `From: Accueil <accueil@beauval.example>\r\nTo: Finances <finances@clairmont.example>\r\nSubject: ${subject}\r\n` +
  `Date: Mon, 23 Nov 2026 09:00:00 +0100\r\nMessage-ID: <${subject}@beauval.example>\r\nMIME-Version: 1.0\r\n` +
  `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n`;

async function fresh(client, name) {
  await client.mailboxDelete(name).catch(() => {});
  await client.mailboxCreate(name);
}

export const tests = {
  'signs in over TLS': (server) =>
    withClient(server, async (client) => ok(client.usable, 'not usable'), { port: server.ports.imaps, secure: true }),

  'refuses a wrong password': async (server) => {
    const client = openImap(server, { ...server.first, password: 'not-it' });
    let refused = false;
    await client.connect().catch((error) => {
      refused = error.authenticationFailed === true;
    });
    ok(refused, 'the wrong password was not refused as such');
  },

  'appends and reads back the same bytes': (server) =>
    withClient(server, async (client) => {
      await fresh(client, 'flow-append');
      const letter = LETTER('accents', 'Délibération du conseil : été, où, Noël.');
      const put = await client.append('flow-append', letter, ['\\Seen', '$Traité']);
      await client.mailboxOpen('flow-append');
      const got = await client.fetchOne(String(put.uid ?? 1), { source: true, flags: true, envelope: true, size: true }, { uid: true });
      equal(got.source.toString('utf8'), letter, 'source');
      equal(got.envelope.subject, 'accents', 'subject');
      equal(got.size, Buffer.byteLength(letter), 'size');
      ok(got.flags.has('\\Seen'), 'the flag is lost');
    }),

  'flags, moves, searches and deletes': (server) =>
    withClient(server, async (client) => {
      await fresh(client, 'flow-one');
      await fresh(client, 'flow-two');
      for (const name of ['rouge', 'vert', 'bleu']) await client.append('flow-one', LETTER(name, `Le dossier ${name} est prêt.`));
      await client.mailboxOpen('flow-one');
      await client.messageFlagsAdd('2', ['\\Flagged']);
      equal(await client.search({ flagged: true }), [2], 'flagged');
      equal(await client.search({ body: 'dossier bleu' }), [3], 'body');
      equal(await client.search({ subject: 'ROUG' }), [1], 'substring of the subject');
      await client.messageMove('2', 'flow-two');
      equal((await client.status('flow-one', { messages: true })).messages, 2, 'left behind');
      await client.messageDelete('1');
      equal((await client.status('flow-one', { messages: true })).messages, 1, 'after delete');
      await client.mailboxOpen('flow-two');
      const [moved] = await client.fetchAll('1:*', { envelope: true, flags: true });
      equal(moved.envelope.subject, 'vert', 'what was moved');
      ok(moved.flags.has('\\Flagged'), 'a move keeps flags');
    }),

  'lists special folders and renames': (server) =>
    withClient(server, async (client) => {
      await fresh(client, 'flow-été');
      await client.mailboxRename('flow-été', 'flow-hiver & printemps');
      const paths = (await client.list()).map((box) => box.path);
      ok(paths.includes('flow-hiver & printemps') && !paths.includes('flow-été'), `rename: ${paths}`);
      await client.mailboxDelete('flow-hiver & printemps');
    }),

  'hears of new mail while idle': (server) =>
    withClient(server, async (client) => {
      await client.mailboxOpen('INBOX');
      const before = client.mailbox.exists;
      let now = before;
      client.on('exists', (event) => {
        now = event.count;
      });
      client.idle().catch(() => {});
      await new Promise((done) => setTimeout(done, 100));
      await server.deliver(server.first.address, LETTER('pousse', 'Voici.'));
      await until(() => now > before, 'the push of new mail', 5000);
    }),

  'resynchronises by modification sequence': (server) =>
    withClient(server, async (client) => {
      await fresh(client, 'flow-modseq');
      for (const name of ['un', 'deux', 'trois']) await client.append('flow-modseq', LETTER(name, name));
      await client.mailboxOpen('flow-modseq');
      const mark = client.mailbox.highestModseq;
      ok(mark > 0n, 'no HIGHESTMODSEQ');
      await client.messageFlagsAdd('2', ['\\Answered']);
      const changed = await client.fetchAll('1:*', { flags: true }, { changedSince: mark });
      equal(changed.map((one) => one.seq), [2], 'changed since');
    }),
};
