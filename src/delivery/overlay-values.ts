import type { RegistryDeclaration } from '../declaration/model';
import type { AddedSetting } from './overlay';
import { bySection, overlaySettings } from './overlay';
import { releaseValues } from './release-values';

/** A Helm value: text, number, truth value, list or map. Everything below `gitea.config` is text. */
export type HelmValue = string | number | boolean | readonly HelmValue[] | HelmValues;

/** A map of Helm values. */
export interface HelmValues {
  readonly [key: string]: HelmValue;
}

/**
 * The overlay as Helm values: the same in every form of delivery.
 *
 * @param added values of `addConfig`, in any order
 */
export function overlayValues(
  declaration: RegistryDeclaration,
  added: readonly AddedSetting[] = [],
): HelmValues {
  const sections = bySection(overlaySettings(declaration, added));
  const config = Object.fromEntries(
    [...sections].map(([section, keys]) => [section, Object.fromEntries(keys)]),
  );
  const { gitea, others } = releaseValues(declaration);
  return { gitea: { config, ...gitea }, ...others };
}
