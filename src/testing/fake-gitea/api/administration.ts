import { addUser, renameOwner } from '../accounts';
import { apiEmpty, apiJson } from '../answers';
import { isAccount } from '../authentication';
import type { Account } from '../authentication';
import { cleanUp } from '../cleanup';
import type { FakeAnswer } from '../exchange';
import { findOwner } from '../forge';
import { apiError, apiNotFound, flagOf, jsonBody, textOf } from './call';
import type { SignedCall } from './call';
import { userDocument } from './documents';
import { createOrganization, visibilityOf } from './organizations';
import type { ApiRoute } from './routes';

/** What site admins may. The refusals with 422 were not recorded: their texts follow the API as it is documented. */
export const ADMINISTRATION_ROUTES: readonly ApiRoute[] = [
  admin('POST', '/admin/users', createUser),
  admin('PATCH', '/admin/users/{user}', (call) => onUser(call, editUser)),
  admin('DELETE', '/admin/users/{user}', (call) => onUser(call, deleteUser)),
  admin('POST', '/admin/users/{user}/rename', (call) => onUser(call, renameUser)),
  admin('POST', '/admin/users/{user}/orgs', (call) =>
    onUser(call, (_, user) => createOrganization(call, [user])),
  ),
  admin('POST', '/admin/cron/{task}', runTask),
];

function admin(
  method: ApiRoute['method'],
  path: string,
  answer: (call: SignedCall) => FakeAnswer | Promise<FakeAnswer>,
): ApiRoute {
  return { method, path, scope: 'admin', needs: 'site-admin', answer };
}

async function createUser({ forge, request, identity }: SignedCall): Promise<FakeAnswer> {
  const body = await jsonBody(request);
  const name = textOf(body.username, '');
  if (findOwner(forge, name) !== undefined) {
    return apiError(forge, 422, `user already exists [name: ${name}]`);
  }
  const user = addUser(forge, {
    name,
    password: textOf(body.password, ''),
    email: textOf(body.email, ''),
    isAdmin: false,
    mustChangePassword: flagOf(body.must_change_password, true),
    visibility: visibilityOf(body.visibility, 'public'),
  });
  return apiJson(201, userDocument(forge, user, identity));
}

type UserAnswer = (call: SignedCall, user: Account) => FakeAnswer | Promise<FakeAnswer>;

function onUser(call: SignedCall, answer: UserAnswer): FakeAnswer | Promise<FakeAnswer> {
  const user = findOwner(call.forge, call.params.user!);
  return isAccount(user) ? answer(call, user) : apiNotFound(call.forge);
}

async function editUser(call: SignedCall, user: Account): Promise<FakeAnswer> {
  const body = await jsonBody(call.request);
  const { account } = user;
  account.loginName = textOf(body.login_name, account.loginName);
  account.password = textOf(body.password, account.password);
  account.isAdmin = flagOf(body.admin, account.isAdmin);
  account.isActive = flagOf(body.active, account.isActive);
  account.prohibitLogin = flagOf(body.prohibit_login, account.prohibitLogin);
  account.mustChangePassword = flagOf(body.must_change_password, account.mustChangePassword);
  user.visibility = visibilityOf(body.visibility, user.visibility);
  return apiJson(200, userDocument(call.forge, user, call.identity));
}

function deleteUser({ forge, request }: SignedCall, user: Account): FakeAnswer {
  const { owners, packages, repositories } = forge.state;
  const owned = [...packages, ...repositories].filter(({ ownerId }) => ownerId === user.id);
  if (owned.length > 0 && request.query.get('purge') !== 'true') {
    return apiError(
      forge,
      422,
      `user still has ownership of packages or repositories [uid: ${user.id}]`,
    );
  }
  const keep = <Row extends { readonly ownerId: number }>(rows: Row[]): void => {
    rows.splice(0, rows.length, ...rows.filter(({ ownerId }) => ownerId !== user.id));
  };
  keep(packages);
  keep(repositories);
  owners.splice(owners.indexOf(user), 1);
  return apiEmpty(204);
}

async function renameUser({ forge, request }: SignedCall, user: Account): Promise<FakeAnswer> {
  const body = await jsonBody(request);
  renameOwner(forge, user, textOf(body.new_username, user.name));
  return apiEmpty(204);
}

/** The cleanup is a task only while packages are on. */
function runTask({ forge, params }: SignedCall): FakeAnswer {
  if (params.task !== 'cleanup_packages' || !forge.settings.packagesEnabled) {
    return apiNotFound(forge);
  }
  cleanUp(forge);
  return apiEmpty(204);
}
