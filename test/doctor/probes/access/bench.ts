import type { Credential } from '../../../../src/client/http/credential';
import type { RegistryDeclaration } from '../../../../src/declaration/model';
import type { Diagnosis, Result } from '../../../../src/doctor/diagnosis';
import { ACCESS_PROBES } from '../../../../src/doctor/probes/access';
import type { DoctorOptions, DoctorRequest } from '../../../../src/doctor/request';
import { diagnose } from '../../../../src/doctor/run';
import type {
  FakeGitea,
  FakeGiteaOptions,
  OwnerVisibility,
  Switches,
} from '../../../../src/testing';
import type { SeededForge } from '../../../client/packages/seeded-forge';
import { proxiedForge } from '../../../client/oci/forge-clients';
import { registryJson } from '../../../support/registry-json';

/** What is asked, and what is wrong, beside a healthy forge behind a proxy. */
export interface Situation {
  readonly forge?: FakeGiteaOptions;
  readonly content?: (gitea: FakeGitea) => void;
  readonly switches?: Switches;
  /** Name and secret; given the forge, for its tokens. */
  readonly login?: (forge: SeededForge) => Credential;
  readonly pullLogin?: (forge: SeededForge) => Credential;
  /** Declared owners by name. */
  readonly owners?: { readonly [name: string]: OwnerVisibility };
  /** Declared images, `owner/image`. */
  readonly images?: readonly string[];
  readonly request?: Partial<DoctorRequest>;
  readonly options?: DoctorOptions;
}

/** A diagnosis and where it was made. */
export interface Diagnosed {
  readonly forge: SeededForge;
  readonly diagnosis: Diagnosis;
}

/** The access probes on one path, the proxy. */
export async function diagnosed(situation: Situation = {}): Promise<Diagnosed> {
  const forge = await proxiedForge(situation.forge);
  situation.content?.(forge.gitea);
  forge.proxy.set(situation.switches ?? {});
  const { login, pullLogin, request } = situation;
  const origin = new URL(forge.proxy.url);
  const diagnosis = await diagnose(
    {
      host: origin.host,
      paths: [{ name: 'ingress', origin, ...(login && { credential: login(forge) }) }],
      ...(pullLogin && { pullCredential: pullLogin(forge) }),
      ...declared(situation),
      ...request,
    },
    { dial: { proxyFor: () => '' }, ...situation.options },
    ACCESS_PROBES,
  );
  return { forge, diagnosis };
}

/** The outcomes of one code, and of others where it is not named. */
export async function outcomes(situation: Situation, ...codes: string[]): Promise<Result[]> {
  const { diagnosis } = await diagnosed(situation);
  return diagnosis.results.filter(({ code }) => codes.includes(code));
}

/** `CODE status` of whatever is no pass and not skipped. */
export async function faults(situation: Situation): Promise<string[]> {
  const { diagnosis } = await diagnosed(situation);
  return diagnosis.results
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .map(({ code, status }) => `${code} ${status}`);
}

/** A token of an account, for the proxy. */
export function token(
  user: Parameters<SeededForge['target']>[0],
  ...scopes: readonly string[]
): (forge: SeededForge) => Credential {
  return ({ gitea, proxy }) => ({
    origin: proxy.url,
    user,
    secret: gitea.createToken(user, scopes),
  });
}

/** The password of an account, for the proxy. */
export function password(user: string): (forge: SeededForge) => Credential {
  return ({ proxy }) => ({ origin: proxy.url, user, secret: `${user}-password` });
}

/** Requests that showed a credential or a token, `METHOD path`. */
export function authorized({ proxy }: SeededForge, scheme: 'Basic' | 'Bearer'): string[] {
  return proxy.requests
    .filter(({ headers }) =>
      headers.some(
        ([name, value]) => /^authorization$/i.test(name) && value.startsWith(`${scheme} `),
      ),
    )
    .map(({ method, path }) => `${method} ${path}`);
}

function declared({ owners, images = [] }: Situation): Pick<DoctorRequest, 'declaration'> {
  const parts = {
    owners: Object.entries(owners ?? {}).map(([name, visibility]) => ({
      kind: 'organization',
      name,
      visibility,
    })),
    handoff: {
      verifiedImages: images.map((repository) => ({ repository, tag: 'v1', digest: 'sha256:0' })),
    },
  };
  return owners ? { declaration: registryJson(parts) as unknown as RegistryDeclaration } : {};
}
