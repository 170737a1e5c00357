import { TOKEN_SCOPES_ANNOTATION } from '../../declaration/labels';
import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Rule, Violation } from '../rule';
import { listed, tokenRequests } from './token-request';

/** REG325: a token with `write:user` or `all` is as good as the account: it makes further tokens of any scope. */
export const tokenCannotMint: Rule = {
  code: 'REG325',
  slug: 'token-cannot-mint',
  title:
    'no token in a pull or CI secret can mint another: its scopes hold neither `write:user` nor `all`',
  severity: 'warning',
  gate: 'all (tried: Gitea 1.26-dev, Forgejo 11; no fix known)',
  why: 'as a Basic password for POST /api/v1/users/NAME/tokens such a token makes a token of scope `all`, and no token ever expires: whoever reads one CI variable keeps the account',
  shows: [
    'nothing fails; the page Settings → Applications of the account lists tokens nobody made',
    'the registry token of `/v2/token`, decoded, has `"Scope":"all"`',
  ],
  fix: 'ask for `read:package` to pull and `write:package` to push, nothing else; make tokens with an operator token that never enters the cluster',
  links: [
    'https://docs.gitea.com/development/oauth2-provider',
    'https://github.com/go-gitea/gitea/pull/24767',
    'https://github.com/go-gitea/gitea/issues/33474',
  ],
  judgeEstate: (estate) => [...annotatedSecrets(estate), ...requests(estate)],
};

/** Where the metadata of the Secret stands in what makes it. */
const METADATA: readonly (readonly string[])[] = [
  ['metadata'],
  ['spec', 'target', 'template', 'metadata'],
  ['spec', 'externalSecretSpec', 'target', 'template', 'metadata'],
  ['spec', 'template', 'metadata'],
];

function annotatedSecrets(estate: Estate): Violation[] {
  return estate
    .ofKind('Secret', 'ExternalSecret', 'ClusterExternalSecret', 'SealedSecret')
    .flatMap(({ root }) =>
      METADATA.map((path) => root.get(...path, 'annotations', TOKEN_SCOPES_ANNOTATION)),
    )
    .flatMap((at) => minting(at, listed(at.text ?? '')));
}

function requests(estate: Estate): Violation[] {
  return tokenRequests(estate).flatMap(({ scopes, at }) =>
    scopes ? minting(at, scopes) : [byDefault(at)],
  );
}

/** Scopes with which a token makes further ones. */
const MINTING: readonly string[] = ['all', 'write:user'];

const HARMLESS = '`read:package` to pull, `write:package` to push';

function minting(at: Cursor, scopes: readonly string[]): Violation[] {
  const found = MINTING.filter((scope) => scopes.includes(scope));
  return found.length === 0
    ? []
    : [
        {
          at,
          observed: `a token with scope ${found.map(quote).join(' and ')}`,
          expected: HARMLESS,
        },
      ];
}

function byDefault(at: Cursor): Violation {
  return {
    at,
    observed: "a token without named scopes, which is scope 'all'",
    expected: HARMLESS,
    fix: 'name the scopes in the command: `generate-access-token --scopes read:package`, `user create --access-token-scopes read:package`',
  };
}
