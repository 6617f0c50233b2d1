// Programs of Debian that people use: mbsync, curl, swaks. Each runs as it would on a desk.
import fs from 'node:fs';
import path from 'node:path';
import { runToEnd } from '../lib/child.mjs';
import { freshFolder, removeFolder } from '../lib/place.mjs';
import { equal, ok } from '../lib/tally.mjs';
import { openImap } from './imapflow.mjs';

async function run(file, words, options) {
  const end = await runToEnd(file, words, options);
  if (end.code !== 0) throw new Error(`${file} ended with ${end.code}: ${end.output.slice(-800)}`);
  return end.output;
}

function letter(subject) {
  return `From: <accueil@beauval.example>\r\nTo: <finances@clairmont.example>\r\nSubject: ${subject}\r\n\r\nBonjour\r\n`;
}

async function countIn(server, name) {
  const client = openImap(server);
  await client.connect();
  const { messages } = await client.status(name, { messages: true });
  await client.logout();
  return messages;
}

function curl(server, words, input = '') {
  const login = `${server.first.address}:${server.first.password}`;
  return run('curl', ['-sS', '-k', '--max-time', '20', '--user', login, ...words], { input });
}

export const imapTests = {
  'mbsync synchronises both ways': async (server) => {
    const folder = freshFolder('mbsync');
    try {
      const client = openImap(server);
      await client.connect();
      await client.mailboxDelete('sync').catch(() => {});
      await client.mailboxCreate('sync');
      for (let i = 0; i < 20; i++) await client.append('sync', letter(`loin ${i}`));
      await client.logout();

      fs.mkdirSync(path.join(folder, 'mail'));
      fs.writeFileSync(
        path.join(folder, 'rc'),
        `IMAPStore far\nHost 127.0.0.1\nPort ${server.ports.imap}\nUser ${server.first.address}\nPass ${server.first.password}\n` +
          `SSLType None\nAuthMechs LOGIN\n\nMaildirStore near\nPath ${folder}/mail/\nInbox ${folder}/mail/INBOX\nSubFolders Verbatim\n\n` +
          `Channel sync\nFar :far:sync\nNear :near:sync\nCreate Near\nExpunge Both\nSync All\nSyncState *\n`,
        { mode: 0o600 },
      );
      const words = ['-c', path.join(folder, 'rc'), 'sync'];
      await run('mbsync', words);
      const held = () => ['cur', 'new'].flatMap((name) => fs.readdirSync(path.join(folder, 'mail/sync', name)).map((file) => `${name}/${file}`));
      equal(held().length, 20, 'fetched');

      fs.writeFileSync(path.join(folder, 'mail/sync/new/1.local'), letter('près'));
      fs.rmSync(path.join(folder, 'mail/sync', held().find((file) => !file.includes('1.local'))));
      await run('mbsync', words);
      equal(await countIn(server, 'sync'), 20, 'twenty, one added and one deleted');
      await run('mbsync', words);
      equal(held().length, 20, 'a third run changes nothing');
    } finally {
      removeFolder(folder);
    }
  },

  'curl lists, appends, fetches and searches over IMAPS': async (server) => {
    const url = `imaps://127.0.0.1:${server.ports.imaps}`;
    await curl(server, [`${url}/`, '-X', 'DELETE curl']).catch(() => {});
    await curl(server, [`${url}/`, '-X', 'CREATE curl']);
    const folder = freshFolder('curl');
    const file = path.join(folder, 'letter');
    fs.writeFileSync(file, letter('par curl'));
    await curl(server, [`${url}/curl`, '-T', file]);
    ok((await curl(server, [`${url}/`])).includes('curl'), 'not listed');
    equal(await curl(server, [`${url}/curl;MAILINDEX=1`]), letter('par curl'), 'fetched');
    ok(/SEARCH 1\b/.test(await curl(server, [`${url}/curl?SUBJECT%20curl`])), 'not found');
    removeFolder(folder);
  },

  'swaks delivers over LMTP': async (server) => {
    const before = await countIn(server, 'INBOX');
    await run('swaks', ['--protocol', 'LMTP', '--server', `127.0.0.1:${server.ports.lmtp}`, '--from', 'sender@outside.example',
      '--to', server.first.address, '--header', 'Subject: par swaks']);
    equal(await countIn(server, 'INBOX'), before + 1, 'messages');
  },
};

export const mailTests = {
  'swaks submits over STARTTLS': async (server) => {
    await run('swaks', ['--server', `127.0.0.1:${server.ports.submission}`, '--tls', '--auth', 'PLAIN', '--auth-user', server.first.address,
      '--auth-password', server.first.password, '--from', server.first.address, '--to', server.second.address, '--header', 'Subject: swaks-587']);
    await server.arrives(server.second, 'swaks-587');
  },

  'swaks is refused without a password': async (server) => {
    const end = await runToEnd('swaks', ['--server', `127.0.0.1:${server.ports.submission}`, '--tls', '--from', server.first.address,
      '--to', server.second.address]);
    ok(end.code !== 0, 'submission took mail from nobody');
  },

  'curl submits over TLS from the start': async (server) => {
    await curl(server, [`smtps://127.0.0.1:${server.ports.submissions}`, '--mail-from', server.first.address, '--mail-rcpt', server.second.address,
      '-T', '-'], letter('curl-465'));
    await server.arrives(server.second, 'curl-465');
  },

  'a person cannot write as another': async (server) => {
    const end = await runToEnd('swaks', ['--server', `127.0.0.1:${server.ports.submission}`, '--tls', '--auth', 'LOGIN', '--auth-user',
      server.first.address, '--auth-password', server.first.password, '--from', server.second.address, '--to', server.second.address]);
    ok(end.code !== 0 && /5[05]\d/.test(end.output), 'a forged sender was taken');
  },
};
