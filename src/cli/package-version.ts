/** Version of this package. It refers to itself by name: its own place differs between sources and build. */
export const packageVersion = (): string => require('cdk8s-gitea-registry/package.json').version;
