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

/** Key of `[packages]` that limits one upload of `packageType`. */
export function limitKey(packageType: string): string {
  return `LIMIT_SIZE_${packageType.toUpperCase()}`;
}
