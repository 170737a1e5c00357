import type { Grammar } from './grammar';
import type { Flavor } from './model';
import { refuse } from './problem';

/** A version of Gitea or Forgejo, as `/api/v1/version` or a chart's appVersion gives it. */
export interface ForgeVersion {
  readonly flavor: Flavor;
  /** `major.minor.patch`. */
  readonly number: string;
  /** True for a build on the way to `number` (`1.26.0+dev-12-gabc`, `1.26.0-rc1`): not that release yet. */
  readonly preRelease: boolean;
  /** Forgejo only: the Gitea API level it names after `+gitea-`. */
  readonly giteaNumber?: string;
}

/** SemVer 2.0.0 §2, §9 and §10: number, pre-release, build. */
const VERSION =
  /^((?:0|[1-9]\d{0,9})\.(?:0|[1-9]\d{0,9})\.(?:0|[1-9]\d{0,9}))(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

/** Version of the application; `11.0.1+gitea-1.22.0` is Forgejo's form. */
export const APP_VERSION: Grammar = {
  allowed: "must be an exact version such as '1.25.4' or '11.0.1+gitea-1.22.0'",
  code: 'REG660',
  pattern: VERSION,
  maxLength: 128,
};

/** Version of a chart: one exact SemVer version, so that the same input renders the same release. */
export const CHART_VERSION: Grammar = {
  allowed: "must be one exact chart version such as '12.5.0', no range and no 'v'",
  code: 'REG640',
  pattern: VERSION,
  maxLength: 128,
};

/**
 * Parses what a server or a chart calls its version.
 *
 * @param flavor product when the text does not name one; a text with `+gitea-` is always Forgejo
 * @throws DeclarationError REG660
 */
export function parseForgeVersion(text: string, flavor: Flavor = 'gitea'): ForgeVersion {
  const parts = VERSION.exec(text);
  if (!parts) {
    refuse('appVersion', text, APP_VERSION.allowed, APP_VERSION.code);
  }
  const [, number, suffix, build] = parts;
  const giteaNumber = /(?:^|[.+-])gitea-(\d+\.\d+\.\d+)/.exec(build ?? '')?.[1];
  const preRelease =
    (suffix !== undefined && suffix !== 'rootless') || /(^|[.-])(dev|rc\d+)\b/.test(build ?? '');
  return {
    flavor: giteaNumber ? 'forgejo' : flavor,
    number,
    preRelease,
    ...(giteaNumber && { giteaNumber }),
  };
}

/** Whether `version` is `number` or newer; a build on the way to `number` is older than it. */
export function atLeast(version: ForgeVersion, number: string): boolean {
  const order = compareNumbers(version.number, number);
  return order > 0 || (order === 0 && !version.preRelease);
}

function compareNumbers(a: string, b: string): number {
  const others = b.split('.').map(Number);
  const differing = a.split('.').map((part, index) => Number(part) - others[index]);
  return differing.find((difference) => difference !== 0) ?? 0;
}
