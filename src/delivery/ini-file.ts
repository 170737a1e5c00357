import type { RegistryDeclaration } from '../declaration/model';
import { generatedHeader } from './generated-header';
import type { AddedSetting } from './overlay';
import { bySection, overlaySettings } from './overlay';

/**
 * The overlay as sections of app.ini, for a forge whose app.ini is kept by hand. A declaration sets no key outside a
 * section (REG620).
 */
export function iniFile(
  declaration: RegistryDeclaration,
  added: readonly AddedSetting[] = [],
): string {
  const sections = [...bySection(overlaySettings(declaration, added))].map(([section, keys]) => [
    `[${section}]`,
    ...[...keys].map(([key, value]) => `${key} = ${iniValue(value)}`.trimEnd()),
  ]);
  return [
    generatedHeader(declaration, 'settings of app.ini', [
      'The keys of the registry only, no whole app.ini: append this text to yours. Sections of one name are one, and of equal',
      'keys the last counts. A key removed from here goes back to its default once it is removed from app.ini too.',
    ]),
    sections.map((lines) => `${lines.join('\n')}\n`).join('\n'),
  ].join('');
}

/**
 * A one-line value as the loader (gopkg.in/ini.v1) reads it back: bare, or in back-ticks, up to the last of which it takes
 * every character as it is. Bare, `#` and `;` begin a comment anywhere, and a quote at the start can end the value early.
 */
function iniValue(value: string): string {
  return /[#;]|^["'`\s]|\s$/.test(value) ? `\`${value}\`` : value;
}
