import type { RegistryDeclaration } from '../declaration/model';

/** What a path is made of. */
type OfRelease = Pick<RegistryDeclaration, 'release'>;

/** Path of the values overlay, relative to the folder of side files. */
export function valuesFilePath({ release }: OfRelease): string {
  return `helm/${release.name}-registry-values.yaml`;
}

/** Path of the handoff page, relative to the folder of side files. */
export function handoffFilePath({ release }: RegistryDeclaration): string {
  return `docs/${release.name}-container-registry.md`;
}

/** Path of `registry.json` where it is not published as a ConfigMap. */
export function declarationFilePath({ release }: RegistryDeclaration): string {
  return `helm/${release.name}-registry.json`;
}
