/** What a registry's refusal means, where its maker says so. */
export interface Denial {
  readonly said: RegExp;
  /** As the rest of a sentence. */
  readonly meaning: string;
  readonly fix: string;
}

const CLASSIC_TOKEN = 'sign in with a personal access token (classic) that has write:packages';

/**
 * Refusals of registries that are none of Gitea. GitHub's: "Working with the Container registry" and "About permissions
 * for GitHub Packages"; Docker's: distribution, "Error codes" and its token authentication.
 */
const DENIALS: readonly Denial[] = [
  {
    said: /does not match expected scopes/i,
    meaning: 'the token has no scope write:packages; fine-grained tokens are not taken',
    fix: `${CLASSIC_TOKEN}, or in a workflow with GITHUB_TOKEN and 'permissions: packages: write'`,
  },
  {
    said: /permission_denied: write_package/i,
    meaning:
      'the package exists, and neither the account nor the repository of the workflow may write it',
    fix: 'in the settings of the package give the repository (Manage Actions access) or the account the role Write',
  },
  {
    said: /permission_denied: create_package|not allowed to create (organization )?package/i,
    meaning: 'the account or the workflow may create no package there',
    fix: "allow members to create packages in the settings of the organization; in a workflow set 'permissions: packages: write'",
  },
  {
    said: /not allowed to write (organization )?package/i,
    meaning: 'the repository of the workflow may not write this package',
    fix: "set 'permissions: packages: write' in the workflow, and add the repository under Manage Actions access of the package",
  },
  {
    said: /requested access to the resource is denied|insufficient[_ ]scope|authorization failed/i,
    meaning: 'the account may not push there, or nobody is signed in',
    fix: 'check the first part of the name: it must be an account or organization the credential may push to',
  },
];

/** What a text of a refusal means, where that is known. */
export function denialOf(said: string): Denial | undefined {
  return DENIALS.find((denial) => denial.said.test(said));
}
