import { apiEmpty, apiJson } from '../answers';
import type { FakeAnswer } from '../exchange';
import type { Forge } from '../forge';
import { findPackage, findVersion, removeVersion, visibleVersions } from '../package-store';
import type { FakePackage, FakeVersion } from '../state';
import { apiError } from './call';
import { fileDocument, packageDocument } from './documents';
import type { OwnerCall } from './owner-route';
import { pageOf } from './paging';

/** `GET /packages/{owner}`: versions, newest first. */
export function listPackages(call: OwnerCall): FakeAnswer {
  const { forge, request, owner } = call;
  const type = request.query.get('type') ?? '';
  const name = (request.query.get('q') ?? '').toLowerCase();
  const packages = forge.state.packages.filter(
    (each) =>
      each.ownerId === owner.id &&
      (type === '' || each.type === type) &&
      each.name.toLowerCase().includes(name),
  );
  return versionPage(call, packages);
}

/** `GET /packages/{owner}/{type}/{name}` (1.24 on): an empty list when there is no such package. */
export function listVersions(call: OwnerCall): FakeAnswer {
  const found = packageOf(call);
  return versionPage(call, found === undefined ? [] : [found]);
}

/** `GET …/{name}/-/latest` (1.24 on): the version inserted last. */
export function latestVersion(call: OwnerCall): FakeAnswer {
  const { forge, identity } = call;
  const found = packageOf(call);
  const latest = found && visibleVersions(found).toSorted((left, right) => right.id - left.id)[0];
  if (found === undefined || latest === undefined) return apiError(forge, 404, '%!s(<nil>)');
  return apiJson(200, packageDocument(forge, found, latest, identity));
}

/** `GET …/{version}`. */
export function getVersion(call: OwnerCall): FakeAnswer {
  return withVersion(call, (found, version) =>
    apiJson(200, packageDocument(call.forge, found, version, call.identity)),
  );
}

/** `GET …/{version}/files`. */
export function listFiles(call: OwnerCall): FakeAnswer {
  return withVersion(call, (_, version) =>
    apiJson(
      200,
      version.files.map((file) => fileDocument(call.forge, file)),
    ),
  );
}

/** `DELETE …/{version}`: the package itself stays until the cleanup. */
export function deleteVersion(call: OwnerCall): FakeAnswer {
  return withVersion(call, (found, version) => {
    removeVersion(found, version);
    return apiEmpty(204);
  });
}

function packageOf({ forge, owner, params }: OwnerCall): FakePackage | undefined {
  return findPackage(forge, owner, params.type!, params.name!);
}

function withVersion(
  call: OwnerCall,
  answer: (found: FakePackage, version: FakeVersion) => FakeAnswer,
): FakeAnswer {
  const found = packageOf(call);
  const version = found && findVersion(found, call.params.version!);
  if (found !== undefined && version !== undefined) return answer(found, version);
  const prefix = call.forge.behavior.missingVersionPrefix;
  return apiError(call.forge, 404, `${prefix}package does not exist`);
}

function versionPage(call: OwnerCall, packages: readonly FakePackage[]): FakeAnswer {
  const { forge, request, identity } = call;
  const all = packages
    .flatMap((of) => visibleVersions(of).map((version) => ({ of, version })))
    .sort((left, right) => byAge(forge, left.version, right.version));
  const page = pageOf(forge, request, all);
  return apiJson(
    200,
    page.items.map(({ of, version }) => packageDocument(forge, of, version, identity)),
    page.headers,
  );
}

/** Newest second first; within a second by row. */
function byAge(forge: Forge, left: FakeVersion, right: FakeVersion): number {
  const seconds = ({ createdAt }: FakeVersion): number => Math.floor(createdAt / 1000);
  const byRow = forge.behavior.newestRowFirst ? right.id - left.id : left.id - right.id;
  return seconds(right) - seconds(left) || byRow;
}
