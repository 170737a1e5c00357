import { matches } from '../../../declaration/grammar';
import { formatImageReference, parseImageReference } from '../../../declaration/image-reference';
import { NAMESPACE, OBJECT_NAME } from '../../../declaration/kubernetes-name';
import type { RegistryDeclaration } from '../../../declaration/model';
import { quote } from '../../../declaration/problem';
import { isNamed, nodeCredentials, reachOfDeclared } from '../../../declaration/pull-secret-reach';
import type { PullTestPlan } from '../../../operate/pull-test/pull-pod';
import { readDeclaration } from '../../declaration-source';
import { declarationFor } from '../../doctor/declared';
import { CommandError } from '../../exit';
import type { Io } from '../../io';
import { parseOrigin } from '../../server/origin';
import type { SmokeOptions } from '../smoke';

/** What a pull test pulls, and how. */
export type PullSubject = Pick<PullTestPlan, 'namespace' | 'image' | 'pullSecrets'> & {
  /** `host[:port]` of the image. */
  readonly host: string;
};

/**
 * Reads which image is pulled with which Secret. Nothing is asked of a server.
 *
 * @param host the positional HOST
 * @throws CommandError (exit 2) or DeclarationError for wrong options, and where the declaration does not say it
 */
export async function pullSubject(
  host: string | undefined,
  options: SmokeOptions,
  io: Io,
): Promise<PullSubject> {
  const namespace = namespaceOf(options);
  if (options.pullSecret !== undefined && !matches(OBJECT_NAME, options.pullSecret)) {
    throw new CommandError(`--pull-secret ${quote(options.pullSecret)} ${OBJECT_NAME.allowed}`);
  }
  const { image, declaration, ...subject } =
    options.image === undefined
      ? await verifiedImage(host, options, io)
      : await givenImage(options.image, host, options, io);
  const pullSecrets = pullSecretsOf(namespace, subject.owner, declaration, options, io);
  return { namespace, image, pullSecrets, host: subject.host };
}

interface Chosen {
  readonly image: string;
  readonly host: string;
  readonly owner: string;
  readonly declaration?: RegistryDeclaration;
}

function namespaceOf({ cluster = '' }: SmokeOptions): string {
  if (!matches(NAMESPACE, cluster)) {
    throw new CommandError(`--cluster ${quote(cluster)} ${NAMESPACE.allowed} (REG660)`);
  }
  return cluster;
}

/** The host the user named himself. */
function namedHost(host: string | undefined, { registry }: SmokeOptions): string | undefined {
  return host === undefined
    ? registry && parseOrigin(registry, '--registry').host
    : parseOrigin(host, 'HOST').host;
}

async function givenImage(
  text: string,
  named: string | undefined,
  options: SmokeOptions,
  io: Io,
): Promise<Chosen> {
  const reference = parseImageReference(text);
  const { host, owner, tag, digest } = reference;
  if (tag === undefined && digest === undefined) {
    throw new CommandError(`--image ${quote(text)} needs a tag or a digest, such as ':1.0.0'`);
  }
  const other = namedHost(named, options);
  if (other !== undefined && other !== host) {
    throw new CommandError(
      `--image ${quote(text)} is of another registry than '${other}': name one of the two`,
    );
  }
  const origin = new URL(`https://${host}`);
  const declaration = await declarationFor(origin, false, options, io);
  const image = formatImageReference(reference);
  return { image, host, owner, ...(declaration && { declaration }) };
}

async function verifiedImage(
  named: string | undefined,
  options: SmokeOptions,
  io: Io,
): Promise<Chosen> {
  const registry = namedHost(named, options);
  const declaration = await readDeclaration(
    { declaration: options.declaration, ...(registry !== undefined && { registry }) },
    io,
  ).catch((cause) => {
    throw cause instanceof CommandError
      ? new CommandError(
          `which image shall be pulled? Name one with --image HOST/OWNER/NAME:TAG, or by a declaration: ${cause.message}`,
          cause.exitCode,
          { cause },
        )
      : cause;
  });
  const ownerOf = (repository: string): string => repository.slice(0, repository.indexOf('/'));
  const verified = declaration.handoff.verifiedImages.find(
    ({ repository }) =>
      options.owner === undefined || ownerOf(repository) === options.owner.toLowerCase(),
  );
  if (verified === undefined) {
    const whose = options.owner === undefined ? '' : ` of owner ${quote(options.owner)}`;
    throw new CommandError(
      `the declaration of '${declaration.host}' has no verified image${whose}: name one with --image HOST/OWNER/NAME:TAG`,
    );
  }
  const { repository, tag } = verified;
  const { host } = declaration;
  return { image: `${host}/${repository}:${tag}`, host, owner: ownerOf(repository), declaration };
}

/** Without a declared Secret only what is public can be pulled; of an owner nobody declared that is not known. */
function pullSecretsOf(
  namespace: string,
  owner: string,
  declaration: RegistryDeclaration | undefined,
  { pullSecret }: SmokeOptions,
  io: Io,
): readonly string[] {
  if (pullSecret !== undefined) {
    return [pullSecret];
  }
  const declared = declaration ? declaredSecrets(declaration, namespace) : [];
  if (declared.length > 0 || (declaration && nodeCredentials(declaration).length > 0)) {
    return declared;
  }
  const visibility = declaration?.owners.find(
    ({ name }) => name.toLowerCase() === owner.toLowerCase(),
  )?.visibility;
  if (visibility !== undefined && visibility !== 'public') {
    throw new CommandError(
      `owner '${owner}' is ${visibility}, and no pull secret is declared for namespace '${namespace}': declare one, or name the Secret with --pull-secret (REG540)`,
    );
  }
  if (visibility === undefined) {
    io.err(
      `hint: no pull secret is declared for namespace '${namespace}', and whether '${owner}' is public is not declared: the Pod pulls without one; --pull-secret names one\n`,
    );
  }
  return [];
}

/** The Secrets a namespace certainly has; else those it has if its labels are the right ones, which the pull shows. */
function declaredSecrets({ pullSecrets }: RegistryDeclaration, namespace: string): string[] {
  const named = pullSecrets.filter(isNamed);
  const [certain, labelled] = [true, 'unknown'].map((answer) =>
    named
      .filter((secret) => reachOfDeclared(secret, namespace) === answer)
      .map(({ secretName }) => secretName),
  );
  return [...new Set(certain.length > 0 ? certain : labelled)];
}
