import { rootUrl } from '../../declaration/host';
import type { OwnerVisibility, RegistryDeclaration } from '../../declaration/model';
import { renderedRoute } from '../../declaration/route';
import type { Section } from './markdown';
import { code, shell, table } from './markdown';

const ANONYMOUS: { readonly [V in OwnerVisibility]: string } = {
  public: 'no pull secret needed; anyone on the network can pull',
  limited: 'every signed-in user can pull; pods need a pull secret',
  private: 'members only; pods need a pull secret of a member',
};

/** What the registry is and where it answers. */
export function registrySection(declaration: RegistryDeclaration): Section {
  const { host, uiHost, uiPath, release, cdnProxied, route } = declaration;
  const trust = renderedRoute(route)?.tls.nodeTrust;
  const product = release.flavor === 'forgejo' ? 'Forgejo' : 'Gitea';
  return {
    title: 'Registry',
    lines: table(
      ['', ''],
      [
        ['Host', code(host)],
        ...(cdnProxied?.length ? [['Push and pull', pastCdn(host, cdnProxied)]] : []),
        ...(uiHost !== undefined || uiPath !== undefined
          ? [
              [
                'Web pages',
                `${code(rootUrl(declaration))}; images stay at the root of the host above`,
              ],
            ]
          : []),
        ...(trust === undefined
          ? []
          : [['Certificate', `of an authority that is not public: ${trust}`]]),
        ['Product', `${product} ${release.appVersion}, chart ${release.chartVersion}`],
        ['Release', `${code(release.name)} in namespace ${code(release.namespace)}`],
        [
          'Health',
          `\`curl -si https://${host}/v2/\` answers 401 with \`Docker-Distribution-Api-Version: registry/2.0\``,
        ],
      ],
    ),
  };
}

function pastCdn(host: string, names: readonly string[]): string {
  const verb = names.length === 1 ? 'is' : 'are';
  return `only by ${code(host)}: ${names.map(code).join(', ')} ${verb} behind a CDN, which cuts large layers`;
}

/** How references are built. */
export function namingSection({ host, owners }: RegistryDeclaration): Section {
  const owner = owners[0]?.name.toLowerCase() ?? 'OWNER';
  return {
    title: 'Naming',
    lines: [
      `\`${host}/OWNER/IMAGE:TAG\`, for example \`${host}/${owner}/app:1.0.0\`.`,
      '',
      '- OWNER is a user or organization. No part of the path is tied to a repository; link the package to one in',
      '  the web UI or over the API.',
      '- IMAGE: lower-case letters and digits with single `.`, `_` or `-` between them; `/` separates parts.',
      '- TAG: stored in lower case, so `V1` and `v1` are one tag. Use a new tag for every build and add the digest',
      '  where you deploy: when a tag moves, the digest it had can disappear.',
    ],
  };
}

/** Images somebody checked; empty list gives no section. */
export function verifiedImagesSection({ host, handoff }: RegistryDeclaration): Section[] {
  const rows = handoff.verifiedImages.map(({ repository, tag, digest, provenance }) => [
    code(`${host}/${repository}:${tag}`),
    code(digest),
    provenance ?? '–',
  ]);
  return rows.length === 0
    ? []
    : [{ title: 'Verified images', lines: table(['Image', 'Digest', 'Record'], rows) }];
}

/** Who may pull what. */
export function visibilitySection({ owners }: RegistryDeclaration): Section {
  const hasBudget = owners.some(({ budget }) => budget !== undefined);
  const rows = owners.map(({ kind, name, visibility, budget }) => [
    code(name),
    kind,
    visibility,
    ANONYMOUS[visibility],
    ...(hasBudget ? [budget ?? '–'] : []),
  ]);
  return {
    title: 'Visibility',
    lines: [
      'Visibility belongs to the owner, never to a repository: linking an image to a private repository hides nothing.',
      '',
      ...(rows.length === 0
        ? ['No owner is declared.']
        : table(
            ['Owner', 'Kind', 'Visibility', 'Pulling', ...(hasBudget ? ['Budget'] : [])],
            rows,
          )),
      ...(hasBudget
        ? ['', 'A budget is a size somebody should be told of; the server does not enforce it.']
        : []),
    ],
  };
}

/** Log in, push, pull. */
export function usageSection({ host, owners }: RegistryDeclaration): Section {
  const image = `${host}/${owners[0]?.name.toLowerCase() ?? 'OWNER'}/app:1.0.0`;
  return {
    title: 'Log in, push, pull',
    lines: [
      'Use an access token, not a password: `write:package` to push, `read:package` to pull, no other scope (a token',
      'with `write:user` or `all` can mint further tokens). The job token of Actions cannot push.',
      '',
      ...shell(
        `docker login ${host} --username USER --password-stdin < token.txt`,
        `docker push ${image}`,
        `docker pull ${image}`,
      ),
      '',
      '"Login Succeeded" proves nothing about rights; only a push or a pull does. `docker push` answers',
      '`unauthorized: reqPackageAccess` when the account may not write packages of that owner.',
    ],
  };
}
