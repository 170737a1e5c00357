import type { RegistryToken } from '../../../client/oci/registry-token';
import { serverText } from '../../../client/server-text';
import { account } from '../../observe/account';
import { imageSubjects } from '../../observe/image-subjects';
import { signedIn } from '../../observe/signed-in';
import type { Outcome } from '../../outcome';
import { broken, passed } from '../../outcome';
import type { Probe } from '../../probe';
import type { DoctorRequest } from '../../request';
import { ACTIONS } from './actions-token';
import { isPublicOnly, mayRead, mayWrite } from './scopes';
import { listed } from './shown';
import { readSignIn } from './sign-in';

const CODE = 'REG314';

/** P8: the scopes of the token are enough for what is asked for. */
export const tokenScope: Probe = {
  code: CODE,
  step: 'P8',
  scope: 'path',
  needs: ['REG312'],
  sends: 'nothing more: reads the token of the sign-in',
  decide: async (sight) => {
    const answer = await sight.see(signedIn);
    const signIn = answer && readSignIn(answer, 'the credential');
    if (signIn === undefined || signIn.kind === 'not') {
      return [];
    }
    if (signIn.kind === 'accepted') {
      return signIn.token.userId === ACTIONS ? [] : [judged(signIn.token, sight.request)];
    }
    return (await sight.see(account))?.id === ACTIONS ? [] : [scopeless()];
  },
};

function judged(token: RegistryToken, request: DoctorRequest): Outcome {
  const needsWrite = request.publish !== undefined || request.link !== undefined;
  const shown = shownScopes(token);
  if (needsWrite ? !mayWrite(token) : !mayRead(token)) {
    return broken(CODE, {
      observed: `the token has ${shown}`,
      expected: needsWrite ? "'write:package'" : "'read:package' or 'write:package'",
    });
  }
  const closed = isPublicOnly(token) ? closedOwners(request) : [];
  return closed.length === 0
    ? passed(CODE, shown)
    : broken(CODE, {
        severity: closed.some((owner) => isPublished(owner, request)) ? 'error' : 'warning',
        observed: `the token is limited to public owners, and declared otherwise: ${listed(closed)}`,
        expected: "a token without 'public-only'",
      });
}

/** What the token itself says of its rights. */
function shownScopes({ scopes }: RegistryToken): string {
  return scopes === undefined
    ? 'scopes this release does not tell and does not ask for'
    : scopes.length === 0
      ? 'every right: no scope is named'
      : serverText(scopes.map((scope) => `'${scope}'`).join(', '));
}

function closedOwners(request: DoctorRequest): string[] {
  const closed = imageSubjects(request).filter(
    ({ visibility }) => visibility !== undefined && visibility !== 'public',
  );
  return [...new Set(closed.map(({ owner }) => owner))];
}

function isPublished(owner: string, { publish }: DoctorRequest): boolean {
  return publish?.repository.toLowerCase().startsWith(`${owner.toLowerCase()}/`) === true;
}

/** Gitea's answer to a token without a package scope. */
export function scopeless(): Outcome {
  return broken(CODE, {
    observed: '401 with a challenge, for a token the server knows',
    expected: "a token with 'read:package' or 'write:package'",
  });
}
