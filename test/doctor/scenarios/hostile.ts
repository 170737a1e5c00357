import { trusted } from './certificates';
import { listenRaw } from './listener';
import type { Scenario } from './scenario';
import { HOST, startWorld } from './world';

/** Waited for in vain, but long enough for a handshake beside other work. */
const options = { requestTimeoutMs: 800 };

/** Servers that do not play by the rules; none may hold the doctor up. */
export const HOSTILE: readonly Scenario[] = [
  {
    name: 'the server never answers',
    code: 'REG210',
    start: () => startWorld({ options, switches: { breakOff: { at: 'request', how: 'silence' } } }),
  },
  {
    name: 'the server ends each connection without an answer',
    code: 'REG210',
    start: () => startWorld({ switches: { breakOff: { at: 'request', how: 'reset' } } }),
  },
  {
    name: 'the server closes in the middle of its header',
    code: 'REG210',
    start: () => startWorld({ switches: { breakOff: { at: 'answer-header', how: 'close' } } }),
  },
  {
    name: 'the server writes one byte a second',
    code: 'REG210',
    start: () =>
      startWorld({
        options,
        entry: () =>
          listenRaw(trusted({ names: [HOST] }), (socket) => {
            const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
            let written = 0;
            const timer = setInterval(() => socket.write(answer[written++] ?? '\n'), 1000);
            socket.on('close', () => clearInterval(timer));
          }),
      }),
  },
  {
    name: 'the server answers with 2 GB of a binary file',
    code: 'REG210',
    start: () => startWorld({ options, entry: () => listenRaw(trusted({ names: [HOST] }), flood) }),
  },
];

/** Writes zeros for as long as somebody reads them. */
function flood(socket: NodeJS.WritableStream): void {
  const zeros = Buffer.alloc(64 * 1024);
  const more = (): void => {
    while (socket.writable && socket.write(zeros)) {
      // Until the peer reads no more.
    }
  };
  socket.write(
    `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${2 ** 31}\r\n\r\n`,
  );
  socket.on('drain', more);
  more();
}
