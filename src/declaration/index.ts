/** Entry `cdk8s-gitea-registry/declaration`: the model, its parser and the grammars, without cdk8s and without I/O. */
export * from './access-path';
export { looksLikeCredential } from './credential';
export * from './gates';
export * from './image-reference';
export * from './model';
export { formatPackageReference, parsePackageReference } from './package-reference';
export { parseDeclaration, printDeclaration } from './parse';
export { DeclarationError } from './problem';
export { registryJsonSchema } from './registry-schema';
export { giteaSize } from './size';
export { atLeast, parseForgeVersion } from './version';
export type { PackageReference } from './package-reference';
export type { Problem } from './problem';
export type { ForgeVersion } from './version';
