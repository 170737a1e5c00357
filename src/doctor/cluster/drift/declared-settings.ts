import type { RegistryDeclaration } from '../../../declaration/model';
import { ownedSettings } from '../../../declaration/owned-settings';

/** A setting the declaration owns. */
export interface DeclaredSetting {
  /** In lower case. */
  readonly section: string;
  /** In upper case. */
  readonly key: string;
  /** @default - the model knows the name only: a setting of `addConfig` */
  readonly value?: string;
}

/** Every setting the overlay of a declared registry writes. */
export function declaredSettings(declaration: RegistryDeclaration): DeclaredSetting[] {
  const { config } = declaration;
  return [
    ...ownedSettings(declaration).map(({ section, key, value }) => ({ section, key, value })),
    ...config.reset.map(({ section, key, value }) => ({ section, key, value })),
    ...config.added.map(({ section, key }) => ({ section, key })),
  ];
}

/** Whether two texts mean the same to Gitea: it adds the closing slash of a URL, and hosts have no case. */
export function isSameValue(key: string, one: string, other: string): boolean {
  const [a, b] = [one.trim(), other.trim()].map((text) =>
    /^(ROOT_URL|DOMAIN|SSH_DOMAIN)$/.test(key) ? text.toLowerCase().replace(/\/$/, '') : text,
  );
  return a === b;
}
