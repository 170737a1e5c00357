import type { Grammar } from './grammar';

/** A namespace: RFC 1123 label (Kubernetes object names, "DNS label names"). */
export const NAMESPACE: Grammar = {
  allowed:
    "must be a namespace: lower-case letters, digits and '-', at most 63, beginning and ending with a letter or digit",
  code: 'REG660',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
};

/** Name of a Service: RFC 1035 label. */
export const SERVICE_NAME: Grammar = {
  allowed:
    "must be the name of a Service: lower-case letters, digits and '-', at most 63, beginning with a letter",
  code: 'REG220',
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
};

/** Name of most objects: RFC 1123 subdomain. */
export const OBJECT_NAME: Grammar = {
  allowed:
    "must be the name of an object: lower-case letters, digits, '-' and '.', at most 253, each part beginning and ending with a letter or digit",
  code: 'REG660',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  maxLength: 253,
};

/** Name of a Helm release (Helm, pkg/chart/common/util ValidateReleaseName): a subdomain of at most 53. */
export const RELEASE_NAME: Grammar = {
  ...OBJECT_NAME,
  allowed:
    "must be the name of a Helm release: lower-case letters, digits, '-' and '.', at most 53, each part beginning and ending with a letter or digit",
  maxLength: 53,
};

/** Kind of a Kubernetes object, as in an issuerRef. */
export const KIND_NAME: Grammar = {
  allowed: "must be the kind of an object, such as 'ClusterIssuer'",
  code: 'REG660',
  pattern: /^[A-Z][A-Za-z0-9]*$/,
  maxLength: 63,
};

/** A quantity of storage (Kubernetes resource quantity, whole numbers with a binary or decimal suffix). */
export const STORAGE_QUANTITY: Grammar = {
  allowed: "must be a Kubernetes quantity such as '10Gi'",
  code: 'REG710',
  pattern: /^[1-9][0-9]*(Ki|Mi|Gi|Ti|Pi|Ei|k|M|G|T|P|E)?$/,
  maxLength: 32,
};

/** Key of a label: a name of at most 63 behind an optional DNS prefix (Kubernetes, "Labels and Selectors"). */
export const LABEL_KEY: Grammar = {
  allowed:
    "must be the key of a label, such as 'registry-pull' or 'example.org/registry-pull': letters, digits, '-', '_' and '.', at most 63 behind the prefix",
  code: 'REG660',
  pattern:
    /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  maxLength: 317,
};

/** Value of a label (Kubernetes, "Labels and Selectors"). */
export const LABEL_VALUE: Grammar = {
  allowed:
    "must be the value of a label: letters, digits, '-', '_' and '.', at most 63, beginning and ending with a letter or digit, or empty",
  code: 'REG660',
  pattern: /^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/,
  maxLength: 63,
};
