// A connection as bytes: what a protocol test needs and a polite client library hides. Reads keep their order; a read
// that gets nothing within its time throws with what did arrive, so a failure shows the server's last words.
import net from 'node:net';
import tls from 'node:tls';

const CRLF = Buffer.from('\r\n');

export class Wire {
  static async open(port, { host = '127.0.0.1', secure = false, name = 'localhost', ms = 5000 } = {}) {
    const wire = new Wire();
    wire.name = name;
    wire.ms = ms;
    await new Promise((done, fail) => {
      const options = { host, port, rejectUnauthorized: false, servername: name };
      const socket = secure ? tls.connect(options, done) : net.connect(options, done);
      socket.once('error', fail);
      wire.attach(socket);
    });
    return wire;
  }

  input = Buffer.alloc(0);
  ended = false;
  waiting = null;

  attach(socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      this.input = this.input.length ? Buffer.concat([this.input, bytes]) : bytes;
      this.wake();
    });
    const end = () => {
      this.ended = true;
      this.wake();
    };
    socket.on('end', end);
    socket.on('close', end);
    socket.on('error', end);
  }

  wake() {
    const wake = this.waiting;
    this.waiting = null;
    wake?.();
  }

  // Turns the clear connection into TLS, as after STARTTLS. Bytes that came too early stay visible in `early`.
  async startTls() {
    this.early = this.input;
    this.input = Buffer.alloc(0);
    const clear = this.socket;
    clear.removeAllListeners('data');
    clear.removeAllListeners('end');
    clear.removeAllListeners('close');
    clear.removeAllListeners('error');
    await new Promise((done, fail) => {
      const socket = tls.connect({ socket: clear, rejectUnauthorized: false, servername: this.name }, done);
      socket.once('error', fail);
      this.attach(socket);
    });
  }

  send(text) {
    if (this.ended || this.socket.destroyed) return;
    this.socket.write(typeof text === 'string' ? Buffer.from(text, 'utf8') : text);
  }

  async more(ms) {
    if (this.ended) return false;
    let timer;
    const got = await new Promise((done) => {
      this.waiting = () => done(true);
      timer = setTimeout(() => done(false), ms);
    });
    clearTimeout(timer);
    this.waiting = null;
    return got;
  }

  // One line without its CRLF, as a Buffer; null at the end of the connection.
  async line(ms = this.ms) {
    const end = Date.now() + ms;
    for (;;) {
      const at = this.input.indexOf(CRLF);
      if (at >= 0) {
        const line = this.input.subarray(0, at);
        this.input = this.input.subarray(at + 2);
        return line;
      }
      if (this.ended) return null;
      const left = end - Date.now();
      if (left <= 0 || !(await this.more(left))) {
        if (this.ended) continue;
        throw new Error(`no line within ${ms} ms; so far: ${JSON.stringify(this.input.toString('latin1').slice(-300))}`);
      }
    }
  }

  async bytes(count, ms = this.ms) {
    const end = Date.now() + ms;
    while (this.input.length < count) {
      const left = end - Date.now();
      if (this.ended || left <= 0) throw new Error(`only ${this.input.length} of ${count} bytes came`);
      await this.more(left);
    }
    const bytes = this.input.subarray(0, count);
    this.input = this.input.subarray(count);
    return bytes;
  }

  async closed(ms = this.ms) {
    const end = Date.now() + ms;
    while (!this.ended) {
      const left = end - Date.now();
      if (left <= 0) return false;
      await this.more(left);
    }
    return true;
  }

  close() {
    this.socket.destroy();
  }
}
