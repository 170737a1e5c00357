import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { DockerConfig } from '../read/docker-config';
import { entryFault } from '../read/docker-config';
import type { TemplateAction } from '../read/go-template';
import { WRITTEN } from '../read/go-template';
import { keyMeansHost } from '../read/keyring';
import type { SecretSource } from '../read/pull-secret';
import { DOCKER_CONFIG_KEY, DOCKER_CONFIG_TYPE } from '../read/pull-secret';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { dockerConfigOf, DOCKERCFG_TYPE, pullSecretsOf } from './pull-secrets';

/** REG542: kubelet reads one type, one key and one JSON shape, and is silent about anything else. */
export const pullSecretForm: Rule = {
  code: 'REG542',
  slug: 'pull-secret-form',
  title:
    'the pull secret is valid: type `kubernetes.io/dockerconfigjson`, key `.dockerconfigjson`, JSON with `auths`, `auth` = base64 of `user:token`',
  severity: 'error',
  why: 'kubelet skips a Secret of another type without a word; one broken entry makes it refuse the whole Secret; where `auth` stands it is all that counts',
  shows: [
    'kubectl apply: `Secret "gitea-pull" is invalid: data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": unexpected end of JSON input`',
    'pod event: `unable to parse auth field, must be formatted as base64(username:password)`',
    'pod event: `failed to fetch oauth token: … 401 Unauthorized` with a token that works in `docker login`',
  ],
  fix: 'build the docker config with a JSON serializer, as `PullSecret.externalSecret` does with `dict … | toJson`',
  links: [
    'https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets',
    'https://external-secrets.io/latest/guides/common-k8s-secret-types',
  ],
  judgeRegistry: (registry) =>
    pullSecretsOf(registry).flatMap((source) => formViolations(registry, source)),
};

function formViolations(registry: RegistryView, source: SecretSource): Violation[] {
  return [
    ...frameViolations(source),
    ...configViolations(registry.estate, source, registry.hostName ?? ''),
  ];
}

/** Kinds whose type and keys are judged here; those of External Secrets are REG545's. */
const FRAMED = ['Secret', 'SealedSecret'];

function frameViolations(source: SecretSource): Violation[] {
  const { manifest, type, typeAt, hasKey, dataAt } = source;
  if (!FRAMED.includes(manifest.kind)) {
    return [];
  }
  if (type === DOCKERCFG_TYPE) {
    return [olderForm(typeAt)];
  }
  const wrongType = type !== DOCKER_CONFIG_TYPE;
  return [
    ...(wrongType ? [typeViolation(source)] : []),
    ...(hasKey === false
      ? [{ at: dataAt, observed: keysOf(dataAt), expected: `the key '${DOCKER_CONFIG_KEY}'` }]
      : []),
  ];
}

function olderForm(at: Cursor): Violation {
  return {
    at,
    severity: 'info',
    observed: `the older type '${DOCKERCFG_TYPE}'`,
    expected: `type '${DOCKER_CONFIG_TYPE}'`,
    why: 'kubelet still reads it; other tools that take pull secrets do not',
  };
}

function typeViolation({ manifest, type, typeAt }: SecretSource): Violation {
  return {
    at: typeAt.exists ? typeAt : manifest.root,
    observed: type === undefined ? 'no type, which is Opaque' : `type ${quote(type)}`,
    expected: `type '${DOCKER_CONFIG_TYPE}'`,
    fix: `set the type to ${DOCKER_CONFIG_TYPE}; the type of a live Secret cannot change, so delete it first`,
  };
}

function keysOf(dataAt: Cursor): string {
  const keys = dataAt.entries().map(([key]) => quote(key));
  return keys.length === 0 || !/data$/i.test(`${dataAt.step ?? ''}`)
    ? 'no data'
    : `only the key ${keys.join(', ')}`;
}

function configViolations(estate: Estate, source: SecretSource, hostName: string): Violation[] {
  const config = dockerConfigOf(estate, source);
  const at = source.config?.at;
  if (config === undefined || at === undefined) {
    return [];
  }
  const faults = new Set([
    ...(config.fault === undefined ? [] : [config.fault]),
    ...entryFaults(config, hostName),
    ...config.actions.flatMap(actionFault),
  ]);
  return faults.size > 0
    ? [...faults].map((observed) => ({ at, observed, expected: EXPECTED }))
    : interpolations(config, at);
}

const EXPECTED = '{"auths":{"HOST":{"auth":"<base64 of user:token>"}}}';

/** Entries of the host are read in full; of the others what makes kubelet refuse the whole Secret. */
function entryFaults({ entries = [] }: DockerConfig, hostName: string): string[] {
  return entries.flatMap(([key, entry]) => {
    const fault = entryFault(entry);
    const ours = keyMeansHost(key, hostName) || key.includes(WRITTEN);
    return fault && (ours || fault.refusesAll) ? [fault.words] : [];
  });
}

/** What an expression inside a JSON string is certain to spoil. */
function actionFault({ text, quoted }: TemplateAction): string[] {
  if (quoted && /\|\s*(toJson|mustToJson|quote|squote)$/.test(text)) {
    return ['an expression that writes its own quotes stands inside quotes'];
  }
  return quoted && /^printf\s+"%s:%s"/.test(text) && !text.includes('b64enc')
    ? ["'auth' is 'user:token' itself, no base64 of it"]
    : [];
}

/** Functions after which a value cannot end the JSON string it stands in, or is at least freed of its line break. */
const TAMED = /\|\s*(b64enc|trim|trimAll|trimSuffix|js|urlquery|sha256sum|nospace)\b/;

/** Values of the store that come into a JSON string as they are. */
function interpolations({ actions }: DockerConfig, at: Cursor): Violation[] {
  const raw = actions.some(
    ({ text, quoted }) => quoted && /^\.[A-Za-z_]/.test(text) && !TAMED.test(text),
  );
  return raw
    ? [
        {
          at,
          severity: 'warning',
          observed: 'values of the store are pasted into JSON as they are',
          expected: '`dict … | toJson`, or `| trim` on each value',
          why: 'a token stored with a closing line break, a quote or a backslash makes the docker config invalid, and the Secret is not written',
        },
      ]
    : [];
}
