/** Labels of every object this package renders. */
export const LABELS: { readonly [label: string]: string } = {
  'app.kubernetes.io/part-of': 'gitea-registry',
  'app.kubernetes.io/managed-by': 'cdk8s-gitea-registry',
};

/** Annotation of a secret made for a token: the scopes its token should have, comma-separated. */
export const TOKEN_SCOPES_ANNOTATION = 'gitea-registry/token-scopes';
