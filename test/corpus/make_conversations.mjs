// A town hall's mailbox: N conversations between functions, the same for the same seed, written as one mbox.
//   node corpus/make_conversations.mjs [--count 500] [--seed 1] [--me accueil@beauval.example] > box.mbox
// Plain and HTML letters, replies with quotations, attachments, lists, French of every day. No person is named.
import { pathToFileURL } from 'node:url';

const FUNCTIONS = [
  ['accueil', 'Accueil'], ['etat-civil', 'État civil'], ['finances', 'Service finances'], ['urbanisme', 'Urbanisme'],
  ['ecoles', 'Affaires scolaires'], ['administration', 'Administration'], ['technique', 'Services techniques'],
  ['culture', 'Bibliothèque et culture'], ['social', 'Action sociale'], ['elections', 'Élections'],
];
const TOWNS = ['beauval.example', 'clairmont.example', 'rochefleur.example'];
const STREETS = ['rue du Lavoir', 'place de la Mairie', 'chemin des Tilleuls', 'avenue de la Gare', 'impasse du Four', 'rue des Écoles'];
const THINGS = ['la toiture du préau', 'le portail du cimetière', 'la chaudière de la salle polyvalente', "l'éclairage du stade", 'le mur du lavoir', 'la barrière du parc'];

// [subject, first letter, answers...]; {street} {thing} {number} {amount} {day} are laid in.
const MATTERS = [
  ["Permis de construire n° {number} : pièces à compléter", "Le dossier déposé {street} est incomplet : il manque le plan de masse coté et la notice. Le délai d'instruction ne court qu'à leur réception.\n\nPouvez-vous prévenir le pétitionnaire s'il se présente au guichet ?", "C'est noté, nous lui remettrons la liste des pièces.", "Il est passé {day} avec le plan ; la notice suivra par courrier."],
  ["Devis pour {thing}", "Vous trouverez ci-joint le devis de l'entreprise pour {thing}, d'un montant de {amount} € TTC. Il est valable trois mois.\n\nMerci de nous dire si l'engagement peut être pris sur le budget de cette année.", "Les crédits sont ouverts au chapitre 21 ; l'engagement est fait ce jour.", "Parfait, nous signons le bon de commande et prévenons l'entreprise."],
  ["Copie intégrale d'acte de naissance, demande n° {number}", "Une demande est arrivée par courrier, avec une enveloppe timbrée et la copie d'une pièce d'identité. L'acte est au registre de l'année 1974.\n\nPouvez-vous la traiter avant {day} ?", "L'acte est prêt, il part au courrier de 16 h."],
  ["Réservation de la salle polyvalente pour {day}", "L'association de quartier demande la salle de 14 h à 22 h, avec les tables et la sonorisation. La caution a été déposée.\n\nLa salle est-elle libre ?", "Elle est libre. L'état des lieux se fait la veille à 17 h.", "Merci, la convention est signée et classée."],
  ["Menus de la cantine", "Les menus du mois sont en pièce jointe. Le repas végétarien est servi le mardi ; les allergènes sont indiqués sur chaque ligne.", "Affichés à l'école et publiés sur le site."],
  ["Travaux {street} : circulation", "La chaussée sera ouverte à partir de {day}. L'arrêté de circulation est à afficher au moins sept jours avant.\n\nLe bus scolaire sera dévié par la place de la Mairie.", "L'arrêté est affiché et transmis au transporteur.", "Les riverains ont reçu la lettre d'information dans leurs boîtes."],
  ["Ordre du jour du conseil municipal", "Voici la proposition d'ordre du jour :\n\n- approbation du procès-verbal ;\n- décision modificative n° 2 ;\n- subventions aux associations ;\n- convention avec le syndicat ;\n- questions diverses.", "Pouvez-vous ajouter la délibération sur {thing} ?", "Elle est ajoutée en point 5."],
  ["Facture n° {number} à mandater", "La facture de fournitures, {amount} €, est arrivée par le portail. Le service fait est constaté.", "Mandatée ce matin, bordereau joint."],
  ["Inscription sur les listes électorales", "Trois demandes d'inscription attendent une pièce justificative de domicile de moins de trois mois. La commission de contrôle se réunit {day}.", "Deux personnes ont répondu ; la troisième est relancée."],
  ["Panne : {thing}", "Une panne nous est signalée sur {thing} depuis ce matin. L'équipe peut-elle passer avant midi ?", "Nous passons à 11 h.", "Réparé : une pièce d'usure. Il faudra prévoir son remplacement au budget.", "C'est inscrit dans la liste des travaux."],
  ["Aide d'urgence : rendez-vous à fixer", "Une famille demande un rendez-vous cette semaine. Le dossier est complet ; merci de proposer deux créneaux, sans détail dans le courriel.", "{day} à 9 h ou à 14 h."],
  ["Exposition à la bibliothèque", "L'exposition ouvre {day}. Les affiches sont imprimées ; pouvez-vous en mettre au guichet et à l'entrée de l'école ?", "Les affiches sont en place."],
];

function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return { next, below: (n) => Math.floor(next() * n), one: (list) => list[Math.floor(next() * list.length)] };
}

// RFC 2047 words of at most 75 characters.
function encodeWords(text) {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words = [];
  let part = '';
  for (const letter of text) {
    if (Buffer.byteLength(part + letter) > 42) {
      words.push(part);
      part = '';
    }
    part += letter;
  }
  words.push(part);
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\n ');
}

function address([local, name], domain) {
  return `${encodeWords(name)} <${local}@${domain}>`;
}

function base64(bytes) {
  return Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\n');
}

function htmlOf(text) {
  const escaped = text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
  const blocks = escaped.split('\n\n').map((block) => {
    if (!block.startsWith('- ')) return `<p>${block.replace(/\n/g, '<br>')}</p>`;
    return `<ul>${block.split('\n').map((line) => `<li>${line.slice(2)}</li>`).join('')}</ul>`;
  });
  return `<!DOCTYPE html><html lang="fr"><body style="font-family: sans-serif">${blocks.join('\n')}<p style="color:#555">Mairie</p></body></html>`;
}

const TABLE = 'Ligne;Chapitre;Crédits ouverts;Engagé\n1;011;12400,00;8310,55\n2;012;240000,00;198112,10\n3;21;56000,00;31250,00\n';

function attachment(chance) {
  const pick = chance.below(3);
  if (pick === 0) return { name: 'tableau.csv', type: 'text/csv; charset=UTF-8', bytes: Buffer.from(TABLE) };
  if (pick === 1) return { name: 'délibération.txt', type: 'text/plain; charset=UTF-8', bytes: Buffer.from('Extrait du registre des délibérations.\n'.repeat(20)) };
  return { name: 'plan.bin', type: 'application/octet-stream', bytes: Buffer.from(Array.from({ length: 4000 }, () => chance.below(256))) };
}

function partOf(type, text) {
  return `Content-Type: ${type}; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n${base64(Buffer.from(text))}\n`;
}

// The MIME headers and body of one letter: plain, or plain with HTML, or with an attachment around either.
function bodyOf(chance, text, id) {
  const kind = chance.next();
  if (kind < 0.45) return `Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n${text}\n`;
  const inner = `=_a${id}`;
  const alternative = `Content-Type: multipart/alternative; boundary="${inner}"\n\n--${inner}\n${partOf('text/plain', text)}\n--${inner}\n${partOf('text/html', htmlOf(text))}\n--${inner}--\n`;
  if (kind < 0.8) return alternative;
  const outer = `=_m${id}`;
  const file = attachment(chance);
  const name = `filename*=UTF-8''${encodeURIComponent(file.name)}`;
  return `Content-Type: multipart/mixed; boundary="${outer}"\n\n--${outer}\n${alternative}\n--${outer}\nContent-Type: ${file.type}\nContent-Disposition: attachment; ${name}\nContent-Transfer-Encoding: base64\n\n${base64(file.bytes)}\n\n--${outer}--\n`;
}

function fill(chance, text) {
  const laid = {
    street: chance.one(STREETS), thing: chance.one(THINGS), number: 100 + chance.below(900),
    amount: `${1 + chance.below(18)} ${String(chance.below(1000)).padStart(3, '0')},${String(chance.below(100)).padStart(2, '0')}`,
    day: chance.one(['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi']),
  };
  return text.map((part) => part.replace(/\{(\w+)\}/g, (_, name) => laid[name]));
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dates(ms) {
  const at = new Date(ms);
  const two = (n) => String(n).padStart(2, '0');
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  const day = DAYS[at.getUTCDay()];
  const month = MONTHS[at.getUTCMonth()];
  return {
    header: `${day}, ${at.getUTCDate()} ${month} ${at.getUTCFullYear()} ${time} +0000`,
    from: `${day} ${month} ${String(at.getUTCDate()).padStart(2, ' ')} ${time} ${at.getUTCFullYear()}`,
  };
}

function conversation(chance, number, me, end) {
  const mine = [FUNCTIONS.find(([local]) => `${local}@` === me.slice(0, local.length + 1)) ?? ['accueil', 'Accueil'], me.split('@')[1]];
  const other = [chance.one(FUNCTIONS.filter(([local]) => local !== mine[0][0])), chance.one(TOWNS)];
  const [subject, ...texts] = fill(chance, chance.one(MATTERS));
  let at = end - Math.floor(chance.next() ** 2 * 300 * 86400000);
  const length = 1 + chance.below(texts.length);
  const messages = [];
  const ids = [];
  for (let i = 0; i < length; i++) {
    const [writer, reader] = i % 2 === 0 ? [other, mine] : [mine, other];
    const id = `c${number}-${i}@${writer[1]}`;
    const quoted = i === 0 ? '' : `\n\n${texts[i - 1].split('\n').map((line) => `> ${line}`).join('\n')}`;
    const text = `Bonjour,\n\n${texts[i]}\n\n${writer[0][1]}${quoted}`;
    const head = [
      `From: ${address(...writer)}`, `To: ${address(...reader)}`, `Subject: ${encodeWords((i ? 'Re: ' : '') + subject)}`,
      `Date: ${dates(at).header}`, `Message-ID: <${id}>`, 'MIME-Version: 1.0',
    ];
    if (i) head.push(`In-Reply-To: <${ids.at(-1)}>`, `References: ${ids.map((one) => `<${one}>`).join('\n ')}`);
    messages.push({ at, text: `${head.join('\n')}\n${bodyOf(chance, text, `${number}.${i}`)}` });
    ids.push(id);
    at += Math.floor((0.2 + chance.next() * 20) * 3600000);
  }
  return messages;
}

// The whole box as mbox text, oldest first.
export function makeConversations({ count = 500, seed = 1, me = 'accueil@beauval.example', end = Date.UTC(2026, 10, 23, 8) } = {}) {
  const chance = random(seed);
  const all = [];
  for (let i = 0; i < count; i++) all.push(...conversation(chance, i, me, end));
  all.sort((a, b) => a.at - b.at);
  return all.map(({ at, text }) => `From sample@localhost ${dates(at).from}\n${text.replace(/^(>*From )/gm, '>$1')}\n`).join('');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const words = process.argv.slice(2);
  const value = (name, or) => (words.includes(name) ? words[words.indexOf(name) + 1] : or);
  process.stdout.write(makeConversations({ count: Number(value('--count', 500)), seed: Number(value('--seed', 1)), me: value('--me', 'accueil@beauval.example') }));
}
