import type { Grammar } from './grammar';
import type { Flavor } from './model';

/** Package types with a `LIMIT_SIZE_<TYPE>` in both products (modules/setting/packages.go), in lower case. */
const SHARED_TYPES =
  'alpine arch cargo chef composer conan conda container cran debian generic go helm maven npm nuget pub pypi rpm rubygems swift vagrant'.split(
    ' ',
  );

/** Package types of `flavor`; Forgejo adds ALT Linux. */
export function packageTypes(flavor: Flavor): readonly string[] {
  return flavor === 'forgejo' ? ['alpine', 'alt', ...SHARED_TYPES.slice(1)] : SHARED_TYPES;
}

/** Form of a package type; which there are depends on the product. */
export const PACKAGE_TYPE: Grammar = {
  allowed: "must be a package type in lower case, such as 'container'",
  code: 'REG460',
  pattern: /^[a-z]+$/,
  maxLength: 32,
};

/** Key of `[packages]` that limits one upload of `packageType`. */
export function limitKey(packageType: string): string {
  return `LIMIT_SIZE_${packageType.toUpperCase()}`;
}
