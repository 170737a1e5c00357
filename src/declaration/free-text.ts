import type { Grammar } from './grammar';
import { isWellFormed } from './grammar';

/** One line for people. Control characters would break the page or comment it is printed in. */
export const LINE_OF_TEXT: Grammar = {
  allowed: 'must be one line of text, at most 500 characters, without control characters',
  code: 'REG660',
  // eslint-disable-next-line no-control-regex
  pattern: /^(?=.*\S)[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+$/,
  maxLength: 500,
  accepts: isWellFormed,
};

/** A record such as `CUST-WP-0011` or a revision: it names a proof and may be 40 hex digits. */
export const RECORD: Grammar = {
  ...LINE_OF_TEXT,
  allowed: 'must be one line of text, at most 200 characters, without control characters',
  maxLength: 200,
  holdsRevision: true,
};

/** A file named in a command line we print: relative or absolute, nothing a shell could read otherwise. */
export const FILE_PATH: Grammar = {
  allowed:
    "must be a file path of letters, digits, '.', '_', '-' and '/', such as 'helm/values.sops.yaml'",
  code: 'REG660',
  pattern: /^[A-Za-z0-9._/][A-Za-z0-9._/-]*$/,
  maxLength: 255,
};

/** A chart as `helm` takes it. */
export const CHART_SOURCE: Grammar = {
  allowed:
    "must be a chart as helm takes it, such as 'oci://docker.gitea.com/charts/gitea' or 'gitea-charts/gitea'",
  code: 'REG660',
  pattern: /^(oci:\/\/[a-z0-9.-]+(:[0-9]+)?\/)?[A-Za-z0-9._][A-Za-z0-9._-]*(\/[A-Za-z0-9._-]+)*$/,
  maxLength: 255,
};

/** The short name of a path or consumer in reports. */
export const LABEL: Grammar = {
  allowed: "must be a short name of letters, digits, '-', '_' and '.', at most 63",
  code: 'REG660',
  pattern: /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/,
  maxLength: 63,
};
