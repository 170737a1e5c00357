import { configSources } from '../declaration/config-source';
import type { RegistryDeclaration } from '../declaration/model';
import { generatedComment } from './generated-header';
import type { AddedSetting, OverlaySetting } from './overlay';
import { overlaySettings } from './overlay';
import { overlayValues } from './overlay-values';
import { lowerValues, takingLines } from './taking';
import { valuesText } from './values-text';

/**
 * The Helm values overlay as text: header comment, then the values.
 *
 * @param added values of `addConfig`, in any order
 */
export function valuesFile(
  declaration: RegistryDeclaration,
  added: readonly AddedSetting[] = [],
): string {
  const head = notes(declaration, overlaySettings(declaration, added));
  const comment = generatedComment(declaration, 'Helm values overlay', head);
  return `${comment}${valuesText(overlayValues(declaration, added))}\n`;
}

function notes(declaration: RegistryDeclaration, settings: readonly OverlaySetting[]): string[] {
  const { release } = declaration;
  return [
    `Layered after ${lowerValues(declaration)} of release ${release.namespace}/${release.name}`,
    `(chart ${release.chart} ${release.chartVersion}, app ${release.appVersion}):`,
    '',
    ...takingLines(declaration).map((line) => `  ${line}`),
    '',
    'app.ini on the volume never forgets: a key removed from this file keeps its last value there.',
    ...ownedList(declaration),
    ...liveChanges(declaration, settings),
  ];
}

/** Helm replaces lists (REG636): who adds an entry below must add it to the declaration too. */
function ownedList(declaration: RegistryDeclaration): string[] {
  return configSources(declaration).length === 0
    ? []
    : [
        '',
        'gitea.additionalConfigSources is set whole here: helm replaces lists. An entry of the files below that is missing here',
        'is lost; name it in otherConfigSources. What the Secrets must hold is told by the handoff page.',
      ];
}

function liveChanges(
  declaration: RegistryDeclaration,
  settings: readonly OverlaySetting[],
): string[] {
  const live = declaration.release.liveConfig;
  const known = settings.filter(({ section, key }) => `${section}.${key}` in live);
  const changed = known.filter(({ section, key, value }) => live[`${section}.${key}`] !== value);
  const unknown = settings.filter((setting) => setting.effect && !known.includes(setting));
  return [
    ...titled(
      'These keys change a live value:',
      changed.map(
        ({ section, key, value, effect }) =>
          `${section}.${key}: '${live[`${section}.${key}`]}' → '${value}'${effect ? ` (${effect})` : ''}`,
      ),
    ),
    ...titled(
      'These keys may change a live value; what the release says today is not declared:',
      unknown.map(({ section, key, effect }) => `${section}.${key}: ${effect}`),
    ),
  ];
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}
