import { REDACTED } from '../../declaration/credential';
import { maskWhole } from '../mask/text';
import { each, entries, only } from './keep';
import type { Keep } from './keep';
import { keepObject } from './metadata';
import { CONDITIONS } from './pod';

/** A field of a docker config whose text is written out, instead of computed by the template. */
const WRITTEN =
  /("(?:username|password|auth|identitytoken|registrytoken)"\s*:\s*")(?![^"]*\{\{)[^"]*"/g;

/** Template of a docker config, with what is computed in it; of other templates only that they are there. */
const templateText = (value: unknown, key: string): unknown =>
  typeof value !== 'string'
    ? undefined
    : key === '.dockerconfigjson' && value.includes('{{')
      ? maskWhole(value.replace(WRITTEN, `$1${REDACTED}"`))
      : '';

const target = only('name creationPolicy deletionPolicy', {
  template: only('type engineVersion mergePolicy', {
    data: entries(templateText),
    metadata: only('labels annotations'),
    templateFrom: each(only('target')),
  }),
});

const spec: Keep = only('refreshInterval secretStoreRef', {
  target,
  data: each(only('secretKey', { remoteRef: only('key property version') })),
  dataFrom: each(only('sourceRef', { extract: only('key property version') })),
});

const status = only('refreshTime externalSecretName provisionedNamespaces failedNamespaces', {
  conditions: CONDITIONS,
});

export const keepExternalSecret = keepObject(only('', { spec, status }));

export const keepClusterExternalSecret = keepObject(
  only('', {
    spec: only('externalSecretName namespaces namespaceSelector namespaceSelectors refreshTime', {
      externalSecretSpec: spec,
    }),
    status,
  }),
);
