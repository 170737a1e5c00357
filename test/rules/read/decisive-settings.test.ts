import { Cursor } from '../../../src/rules/cursor';
import { decisiveSettings } from '../../../src/rules/read/decisive-settings';
import type { IniSetting } from '../../../src/rules/read/ini-setting';

const setting = (source: IniSetting['source'], text: string): IniSetting => ({
  section: 'server',
  key: 'ROOT_URL',
  text,
  at: new Cursor(text),
  source,
});

it('lets variables of the container beat everything else', () => {
  const env = [setting('env', 'a'), setting('env', 'b')];
  expect(decisiveSettings([setting('values', 'c'), ...env, setting('ini', 'd')])).toEqual(env);
});

it('keeps all where no variable is set, because their order is helm’s', () => {
  const written = [setting('values', 'c'), setting('ini', 'd')];
  expect(decisiveSettings(written)).toEqual(written);
});
