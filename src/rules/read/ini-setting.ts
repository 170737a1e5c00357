import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import type { ChartValues } from './chart-values';
import { envName } from './env-name';
import { helmText } from './helm-text';
import { iniLines, sectionLines } from './ini';
import type { Workload } from './workload';
import { containersOf } from './workload';

/** One setting of app.ini, wherever it is written. */
export interface IniSetting {
  /** Section in lower case; empty for top-level keys. In a whole app.ini as written: there case counts. */
  readonly section: string;
  /** Key in upper case. In a whole app.ini as written: there case counts. */
  readonly key: string;
  /** The text Gitea reads; undefined where it is not written here (a reference to a Secret, a file). */
  readonly text?: string;
  /** Where it stands. For a whole ini text, the place of that text. */
  readonly at: Cursor;
  /** `values`: a scalar in Helm values. `ini`: a line of an ini text. `env`: a variable of the container. */
  readonly source: 'values' | 'ini' | 'env';
}

/** Scalars that stand beside the sections of `gitea.config` (both charts). */
export const TOP_LEVEL = /^(APP_NAME|RUN_USER|RUN_MODE|APP_SLOGAN|APP_DISPLAY_NAME_FORMAT)$/i;

/** The settings in Helm values: below `gitea.config`, and the variables for the container. */
export function settingsOfValues({ root }: ChartValues): IniSetting[] {
  const written = root
    .get('gitea', 'config')
    .entries()
    .flatMap(([name, at]) =>
      TOP_LEVEL.test(name)
        ? scalarSettings('', name, at)
        : at.entries().flatMap(([key, value]) => scalarSettings(name, key, value)),
    );
  return [...written, ...envOfValues({ root }).flatMap(envSetting)];
}

/** A value of several lines is several settings: the chart joins sections by line breaks. */
function scalarSettings(section: string, name: string, at: Cursor): IniSetting[] {
  return sectionLines(`${name}=${helmText(at.value)}`).map(({ key, value }) => ({
    section: section.toLowerCase(),
    key,
    text: value,
    at,
    source: 'values',
  }));
}

/** Entries of the `env` lists in values that reach the program that writes app.ini. */
export function envOfValues({ root }: Pick<ChartValues, 'root'>): Cursor[] {
  return [root.get('deployment', 'env'), root.get('gitea', 'additionalConfigFromEnvs')].flatMap(
    (list) => list.items(),
  );
}

/** The settings in the environment of a workload's containers; what several containers share stands once. */
export function settingsOfEnv(workload: Workload): IniSetting[] {
  const first = new Map<string, IniSetting>();
  for (const setting of envOfWorkload(workload).flatMap(envSetting)) {
    const { section, key, text } = setting;
    const id = JSON.stringify([section, key, text]);
    if (!first.has(id)) {
      first.set(id, setting);
    }
  }
  return [...first.values()];
}

/** Entries of the `env` lists of a workload's containers, init containers first. */
export function envOfWorkload({ pod }: Workload): Cursor[] {
  return containersOf(pod).flatMap((container) => container.get('env').items());
}

function envSetting(entry: Cursor): IniSetting[] {
  const name = envName(entry.get('name').text ?? '');
  if (!name) {
    return [];
  }
  const value = entry.get('value');
  return [
    {
      section: name.section,
      // The charts export every variable a second time in upper case.
      key: name.key.toUpperCase(),
      at: value.exists ? value : entry,
      source: 'env',
      ...(value.scalar !== undefined && !name.file && { text: value.scalar }),
    },
  ];
}

/** Name of a data key that holds a whole app.ini. */
const WHOLE = 'app.ini';

/**
 * The settings in a Secret or ConfigMap: a whole `app.ini`, or one section a key, as the chart's inline-config Secret
 * and `additionalConfigSources` have it.
 *
 * @param bySection whether the keys of the object are sections
 */
export function settingsOfData(manifest: Manifest, bySection: boolean): IniSetting[] {
  return (['stringData', 'data'] as const).flatMap((field) =>
    manifest.root
      .get(field)
      .entries()
      .filter(([name]) => bySection || name === WHOLE)
      .flatMap(([name, at]) => {
        const encoded = field === 'data' && manifest.kind === 'Secret';
        const text = encoded ? decoded(at.text) : at.text;
        return text === undefined ? [] : linesOf(text, name, at);
      }),
  );
}

function linesOf(text: string, name: string, at: Cursor): IniSetting[] {
  const lines =
    name === WHOLE
      ? iniLines(text)
      : sectionLines(text).map((line) => ({ ...line, section: sectionOf(name) }));
  return lines.map(({ section, key, value }) => ({ section, key, text: value, at, source: 'ini' }));
}

/** `_generals_` is the charts' name for the keys before all sections. */
function sectionOf(name: string): string {
  return name === '_generals_' ? '' : name.toLowerCase();
}

function decoded(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8');
}
