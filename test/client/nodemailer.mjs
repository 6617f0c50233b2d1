// nodemailer: submission as programs do it, between two towns, with what letters have.
import nodemailer from 'nodemailer';
import { equal, ok } from '../lib/tally.mjs';

function transport(server, { secure }) {
  return nodemailer.createTransport({
    host: '127.0.0.1',
    port: secure ? server.ports.submissions : server.ports.submission,
    secure,
    requireTLS: !secure,
    tls: { rejectUnauthorized: false },
    auth: { user: server.first.address, pass: server.first.password },
  });
}

export const tests = {
  'a letter with an attachment reaches the other town whole': async (server) => {
    const bytes = Buffer.from(Array.from({ length: 200000 }, (_, i) => (i * 31 + (i >> 8)) & 255));
    await transport(server, { secure: true }).sendMail({
      from: { name: 'Accueil', address: server.first.address },
      to: { name: 'Service finances', address: server.second.address },
      subject: 'Délibération nº 12 — pièce jointe',
      text: 'Ci-joint la délibération.',
      html: '<p>Ci-joint la <b>délibération</b>.</p>',
      attachments: [{ filename: 'délibération.bin', content: bytes }],
    });
    const source = await server.arrives(server.second, 'Délibération nº 12 — pièce jointe');
    ok(source.includes(bytes.toString('base64').slice(0, 70)), 'the attachment is not there');
    ok(!/^Bcc:/im.test(source), 'Bcc is visible');
  },

  'several recipients, own town and other, one copy each': async (server) => {
    const sent = await transport(server, { secure: false }).sendMail({
      from: server.first.address,
      to: [server.first.address, server.second.address],
      subject: 'plusieurs',
      text: 'Bonjour à tous.',
    });
    equal(sent.rejected, [], 'rejected');
    await server.arrives(server.first, 'plusieurs');
    await server.arrives(server.second, 'plusieurs');
    equal(await server.count(server.second, 'plusieurs'), 1, 'copies');
  },
};
