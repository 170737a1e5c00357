import type { RegistryDeclaration } from './model';
import { splitIniPath } from './app-ini';
import { linkProblems } from './package-link';
import { packageTypes } from './package-type';
import { deliveryProblems } from './delivery-problems';
import { cdnProblems } from './cdn';
import { cleanupProblems } from './cleanup';
import { configSourceProblems } from './config-source';
import { networkPolicyProblems } from './network-policy';
import { objectStorageProblems } from './object-storage-problems';
import { pullSecretProblems } from './pull-secret-problems';
import { replicaProblems } from './replicas';
import { routeProblems } from './route';
import type { Problem } from './problem';
import { repeated } from './repeated';
import { carriesCredential, isSecretKey } from './secret-keys';

function ownerProblems({ owners }: RegistryDeclaration): Problem[] {
  return repeated(owners, (owner) => owner.name.toLowerCase()).map((index) => ({
    path: `owners[${index}].name`,
    value: owners[index].name,
    allowed: 'is declared twice: Gitea ignores the case of names; declare each owner once',
    code: 'REG320',
  }));
}

function limitProblems({ limits, release }: RegistryDeclaration): Problem[] {
  const known = packageTypes(release.flavor);
  const unknown = Object.keys(limits.perType).filter((type) => !known.includes(type));
  return [
    ...unknown.map((type) => ({
      path: `limits.perType.${type}`,
      allowed: `is not a package type of ${release.flavor}; known: ${known.join(', ')}`,
      code: 'REG460',
    })),
    ...('container' in limits.perType
      ? []
      : [
          {
            path: 'limits.perType.container',
            allowed: "is missing: write '-1' for unlimited",
            code: 'REG460',
          },
        ]),
  ];
}

function tunnelProblems({ tunnels }: RegistryDeclaration): Problem[] {
  const reserved = [{ name: 'ingress' }, { name: 'service' }, { name: 'nodePort' }];
  return repeated([...reserved, ...tunnels], (path) => path.name).map((index) => ({
    path: `tunnels[${index - reserved.length}].name`,
    value: tunnels[index - reserved.length].name,
    allowed:
      "is taken: each access path has its own name, beside 'ingress', 'service' and 'nodePort'",
    code: 'REG660',
  }));
}

function secretProblems({ config, release }: RegistryDeclaration): Problem[] {
  const live = Object.entries(release.liveConfig).map(([path, value]) => ({
    path: `release.liveConfig.${path}`,
    ...splitIniPath(path),
    value,
  }));
  const reset = config.reset.map((setting, index) => ({
    path: `config.reset[${index}]`,
    ...setting,
  }));
  return [...live, ...reset]
    .filter(
      ({ section, key, value }) => isSecretKey(section, key) || carriesCredential(section, value),
    )
    .map(({ path }) => ({
      path,
      allowed: 'holds a secret: it stays in a Secret and out of the declaration',
      code: 'REG544',
    }));
}

function imageProblems({ host, handoff }: RegistryDeclaration): Problem[] {
  return handoff.verifiedImages.flatMap(({ repository }, index) =>
    repository.startsWith(`${host}/`)
      ? [
          {
            path: `handoff.verifiedImages[${index}].repository`,
            value: repository,
            allowed: "must be 'owner/image' without the host, which is declared once",
            code: 'REG470',
          },
        ]
      : [],
  );
}

/** What no single field can say: names used twice, a limit of an unknown type, a TLS secret without producer, a secret key with a value, a link of an owner nobody declared. */
export function coherenceProblems(declaration: RegistryDeclaration): Problem[] {
  return [
    ownerProblems,
    pullSecretProblems,
    limitProblems,
    routeProblems,
    cdnProblems,
    networkPolicyProblems,
    objectStorageProblems,
    configSourceProblems,
    replicaProblems,
    cleanupProblems,
    deliveryProblems,
    tunnelProblems,
    secretProblems,
    imageProblems,
    linkProblems,
  ].flatMap((rule) => rule(declaration));
}
