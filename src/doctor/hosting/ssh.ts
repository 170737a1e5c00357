import { connect } from 'node:net';
import { Dialer } from '../../client/http/dial';
import { serverText } from '../../client/server-text';
import { waitAtMost } from '../observe/deadline';
import type { Sight } from '../sight';
import type { Found, HostingObservation } from './observation';
import type { SshAddress } from './ssh-address';
import { sshHostText } from './ssh-address';

/** RFC 4253 §4.2: other lines may come before the one of the version, which has at most 255 bytes. */
const MOST_BYTES = 4096;

/** The first line of the ssh server; nothing is sent. */
export async function ssh(sight: Sight, address: SshAddress): Promise<HostingObservation> {
  return {
    ...{ surface: 'ssh', asked: sshHostText(address), isSignedIn: false },
    ...(await banner(sight, dialed(sight, address))),
  };
}

/** `--connect-to` rules hold where they mean this port, or leave ports as they are. */
function dialed({ options }: Sight, address: SshAddress): SshAddress {
  const rules = options.dial?.connectTo?.filter(
    (rule) => rule.port !== undefined || rule.addressPort === undefined,
  );
  const dialer = new Dialer({ connectTo: rules, proxyFor: () => '' });
  const url = new URL(`http://${sshHostText(address)}`);
  const { hostname, port } = dialer.dial(url);
  dialer.close();
  return { host: hostname, port: Number(port) };
}

function banner({ options, requestMs }: Sight, address: SshAddress): Promise<Found> {
  return new Promise((resolve) => {
    const socket = connect(address);
    let text = '';
    const end = (found: Found): void => {
      done();
      socket.destroy();
      resolve(found);
    };
    const nothing = (observed: string): void => end({ standing: 'fails', observed });
    const done = waitAtMost({
      ms: requestMs,
      signal: options.signal,
      giveUp: () => nothing(`no ssh banner within ${requestMs / 1000} s`),
    });
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const [line] = /^SSH-[^\r\n]*(?=\r?\n)/m.exec(text) ?? [];
      if (line !== undefined) {
        const works = /^SSH-(2\.0|1\.99)-/.test(line);
        end({ standing: works ? 'works' : 'fails', observed: serverText(line) });
      } else if (text.length > MOST_BYTES) {
        nothing('something else than ssh answers');
      }
    });
    socket.once('end', () => nothing('closed without an ssh banner'));
    socket.on('error', ({ code = 'EIO' }: NodeJS.ErrnoException) => nothing(`closed: ${code}`));
  });
}
