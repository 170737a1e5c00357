import fc from 'fast-check';
import { connectTo } from '../../../src/cli/options/connect-to';

const port = fc.integer({ min: 1, max: 65535 });
const name = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?$/);
const host = fc.oneof(
  name.map((text) => ({ text, bare: text })),
  fc.ipV4().map((text) => ({ text, bare: text })),
  fc.ipV6().map((bare) => ({ text: `[${bare}]`, bare })),
);

it.each([
  [
    'git.example.org:443:10.0.0.5:30443',
    { host: 'git.example.org', port: 443, address: '10.0.0.5', addressPort: 30443 },
  ],
  ['git.example.org:443:10.0.0.5:', { host: 'git.example.org', port: 443, address: '10.0.0.5' }],
  [
    'git.example.org:443::8443',
    { host: 'git.example.org', port: 443, address: 'git.example.org', addressPort: 8443 },
  ],
  ['::10.0.0.5:3000', { host: '', address: '10.0.0.5', addressPort: 3000 }],
  [':443:[2001:db8::5]:', { host: '', port: 443, address: '2001:db8::5' }],
  [
    '[::1]:443:[2001:db8::5]:8443',
    { host: '::1', port: 443, address: '2001:db8::5', addressPort: 8443 },
  ],
])('reads %s as curl does', (text, expected) => {
  expect(connectTo(text)).toEqual(expected);
});

it('reads back every rule of two hosts and two ports', () => {
  fc.assert(
    fc.property(host, port, host, port, (from, fromPort, to, toPort) => {
      expect(connectTo(`${from.text}:${fromPort}:${to.text}:${toPort}`)).toEqual({
        host: from.bare,
        port: fromPort,
        address: to.bare,
        addressPort: toPort,
      });
    }),
  );
});

it.each([
  '',
  ':::',
  '::' + ':3000',
  'git.example.org',
  'git.example.org:443',
  'git.example.org:443:10.0.0.5',
  'git.example.org:443:10.0.0.5:1:2',
  'git.example.org:0:10.0.0.5:1',
  'git.example.org:443:10.0.0.5:65536',
  'git.example.org:x:10.0.0.5:1',
  '2001:db8::5:443:10.0.0.5:1',
  '[2001:db8::5:443:10.0.0.5:1',
  '[git.example.org]:443:10.0.0.5:1',
  '[]:443:10.0.0.5:1',
  'https://git.example.org:443:10.0.0.5:1',
  'git example:443:10.0.0.5:1',
])('refuses %j', (text) => {
  expect(() => connectTo(text)).toThrow();
});
