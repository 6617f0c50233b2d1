// A model in a file of this machine, as a town meets it: named by its hash, and whatever the file or libllama is, a sentence.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { equal, ok, skip, until } from '../lib/tally.mjs';

const SHIPPED = path.resolve('src/language/model/shipped/moyen.gguf');
const LIBRARY = path.resolve('test/node_modules/@node-llama-cpp/linux-x64/bins/linux-x64');

const local = (name, file, library) => `[${name}]\nmodel_file = ${file}\nlibrary = ${library}\nmaker = Atelier d’essai\nplace = cette machine\n`;
const addressOf = (file) => `file:${path.basename(file)} sha256:${createHash('sha256').update(fs.readFileSync(file)).digest('hex')}`;

// The processes of local models, children of the role provider.
function processes(plugged) {
  const pid = plugged.pid();
  return pid ? fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
}

export function localTests(plugged) {
  const output = () => plugged.parvis.server.output;
  const put = (name, bytes) => fs.writeFileSync(path.join(plugged.parvis.dir, name), bytes);
  return [
    ['a model in a file is chosen by its hash; without libllama the page says so', async () => {
      fs.copyFileSync(SHIPPED, path.join(plugged.parvis.dir, 'moyen.gguf'));
      fs.closeSync(fs.openSync(path.join(plugged.parvis.dir, 'vast.gguf'), 'w'));
      fs.truncateSync(path.join(plugged.parvis.dir, 'vast.gguf'), 2 ** 42);
      await plugged.declare(local('ours', 'moyen.gguf', '/nowhere') + local('gone', 'none.gguf', '/nowhere') + local('vast', 'vast.gguf', '/nowhere'));
      equal(await plugged.choices(), [`ours 0 ${addressOf(SHIPPED)} moyen.gguf`], 'what can be chosen');
      await plugged.choose('ours');
      ok((await plugged.told()).includes('ne peut pas être chargé'), 'the page');
      ok((await plugged.page('/assistant/model')).text.includes(addressOf(SHIPPED)), 'the card, to anybody');
      ok(/llama model_not_usable name="ours" why="libllama cannot be loaded: /.test(output()), 'why');
      ok(/provider not_served name="gone" .*why="its file cannot be opened"/.test(output()), 'no such file');
      ok(/provider not_served name="vast" .*why="its file is larger than the memory/.test(output()), 'a file larger than memory');
    }],
    ['another file under that name needs another decision', async () => {
      put('moyen.gguf', 'GGUF, or so it says');
      await plugged.declare(local('ours', 'moyen.gguf', LIBRARY));
      await until(async () => (await plugged.ask()).text.includes('n’est plus celle'), 'said so', 5000);
    }],
    ['a file that is cut, and one of another architecture, are sentences', async () => {
      if (!fs.existsSync(LIBRARY)) skip('libllama is not installed (an optional package of test/package.json)');
      const whole = fs.readFileSync(SHIPPED);
      put('moyen.gguf', whole.subarray(0, whole.length / 2));
      const other = Buffer.from(whole);
      other.write('lxama', whole.indexOf('llama'));
      put('other.gguf', other);
      await plugged.declare(local('cut', 'moyen.gguf', LIBRARY) + local('other', 'other.gguf', LIBRARY));
      for (const name of ['cut', 'other']) {
        await plugged.choose(name);
        ok((await plugged.told()).includes('ne peut pas être chargé'), name);
      }
      ok(/model_not_usable name="cut" why=".*corrupted or incomplete/.test(output()), 'cut');
      ok(/model_not_usable name="other" why=".*unknown model architecture: 'lxama'/.test(output()), 'other');
    }],
    // moyen has no piece for '€' and '’': libllama throws, and nobody can catch that. So its process is seen to die at work.
    ['a model whose process dies at work ends nothing else', async () => {
      if (!fs.existsSync(LIBRARY)) skip('libllama is not installed (an optional package of test/package.json)');
      put('moyen.gguf', fs.readFileSync(SHIPPED));
      await plugged.declare(local('ours', 'moyen.gguf', LIBRARY));
      const role = plugged.pid();
      await until(() => /llama model_loaded name="ours"/.test(output()), 'loaded', 20000);
      const [pid] = processes(plugged);
      equal(fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim(), 'parvis-llama', 'its process');
      ok(!fs.readFileSync(`/proc/${role}/maps`, 'utf8').includes('libllama'), 'nothing of libllama in the role');
      await plugged.choose('ours');
      ok((await plugged.told(20000)).includes('est en panne'), 'the page');
      ok(/local_model_lost name="ours"/.test(output()) && !/call_refused/.test(output()), 'the log');
      equal(plugged.pid(), role, 'the role lives on');
      ok((await plugged.choices()).length === 1, 'and answers');
    }],
    ['a model at work ends with its role', async () => {
      if (!fs.existsSync(LIBRARY)) skip('libllama is not installed (an optional package of test/package.json)');
      await plugged.declare(local('ours', 'moyen.gguf', LIBRARY));
      const pid = await until(() => processes(plugged)[0], 'its process', 5000);
      process.kill(plugged.pid(), 'SIGKILL');
      await until(() => !fs.existsSync(`/proc/${pid}`), 'gone', 5000);
    }],
  ];
}
