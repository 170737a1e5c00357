import fc from 'fast-check';
import { dirname, join, resolve, win32 } from 'node:path';
import { pathBelow } from '../../../../src/operate/generic/get/target-path';
import { messageOf } from '../../../support/thrown';

it('puts a file below the folder', () => {
  expect(pathBelow('/there', 'a b@2.txt')).toBe(join('/there', 'a b@2.txt'));
});

it('never leaves the folder, whatever a server calls its files', () => {
  const arbitraryName = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('.', '/', '\\', 'a', ':', '\0', ' ') }),
    fc.constantFrom('..', '.', '../x', '/etc/passwd', 'a/../../x', 'C:\\x', '..\\x', ''),
  );
  fc.assert(
    fc.property(arbitraryName, (name) => {
      let path: string;
      try {
        path = pathBelow('/there', name, 'linux');
      } catch (error) {
        expect((error as Error).message).toMatch(
          /^the server lists a file .* it is written nowhere \(REG920\)$/s,
        );
        return;
      }
      expect(dirname(resolve(path))).toBe('/there');
      expect(win32.basename(name)).toBe(name.includes(':') ? win32.basename(name) : name);
    }),
  );
});

it.each(['con', 'NUL.txt', 'com1', 'a:b', 'a.'])('refuses %s on Windows alone', (name) => {
  expect(pathBelow('/there', name, 'linux')).toBe(join('/there', name));
  expect(messageOf(() => pathBelow('/there', name, 'win32'))).toMatch(
    /is no file name on Windows: .* -o PATH \(REG920\)$/,
  );
});
