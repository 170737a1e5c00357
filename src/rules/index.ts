/** What other rooms use of the rules. The package bundles this into one file: sixty small ones would cost every start. */
export { checkOf, CHECKS, RULES } from './catalogue';
export { checksPage, explanation } from './checks-page';
export { CONFIG_FILE, readConfig } from './config';
export { Cursor } from './cursor';
export { Estate } from './estate';
export { describeFinding } from './finding';
export { judge } from './judge';
export { asManifest, asValues, UNKNOWN } from './manifest';
export { chartOfValues } from './read/chart-values';
export { entryFault, readDockerConfig } from './read/docker-config';
export { iniBoolean, iniLines } from './read/ini';
export { keyMatches, keyMeansHost, repositoryOf } from './read/keyring';
export { DOCKER_CONFIG_KEY, DOCKER_CONFIG_TYPE } from './read/pull-secret';
export { imageHost } from './read/workload';
export { CODE_PATTERN, selects } from './selection';
export { suppress } from './suppression';
