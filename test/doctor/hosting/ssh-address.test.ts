import * as fc from 'fast-check';
import { readSshAddress, sshHostText } from '../../../src/doctor/hosting/ssh-address';

it.each([
  ['git@git.example.org:platform/shop.git', 'git.example.org', 22],
  ['git.example.org:platform/shop.git', 'git.example.org', 22],
  ['git@[2001:db8::1]:platform/shop.git', '2001:db8::1', 22],
  ['ssh://git@git.example.org:2222/platform/shop.git', 'git.example.org', 2222],
  ['ssh://git@git.example.org/platform/shop.git', 'git.example.org', 22],
  ['ssh://git@[2001:db8::1]:2222/platform/shop.git', '2001:db8::1', 2222],
])('reads %s', (text, host, port) => {
  expect(readSshAddress(text)).toEqual({ host, port });
});

it.each(['', 'platform/shop', 'https://git.example.org/platform/shop', 'ssh://', 'ssh://x:99999/'])(
  'sees no address in %p',
  (text) => {
    expect(readSshAddress(text)).toBeUndefined();
  },
);

it('reads back what it writes', () => {
  const host = fc.oneof(fc.domain(), fc.ipV4(), fc.constant('2001:db8::1'));
  fc.assert(
    fc.property(host, fc.integer({ min: 1, max: 65535 }), (name, port) => {
      expect(readSshAddress(`ssh://${sshHostText({ host: name, port })}`)).toEqual({
        host: name,
        port,
      });
    }),
  );
});
