export { FakeGitea } from './fake-gitea/fake-gitea';
export type {
  FakeGiteaOptions,
  FakeOrganizationOptions,
  FakeRepositoryOptions,
  FakeTeamOptions,
  FakeUserOptions,
} from './fake-gitea/fake-gitea';
export type { FakeHeader } from './fake-gitea/exchange';
export type { ArrivedRequest, FakeTls } from './fake-gitea/server';
export type { FakeSettings } from './fake-gitea/settings';
export type {
  Access,
  FakeAccount,
  FakeBlobRow,
  FakeFile,
  FakeOwner,
  FakePackage,
  FakeRepository,
  FakeState,
  FakeTeam,
  FakeToken,
  FakeUpload,
  FakeVersion,
  OwnerVisibility,
} from './fake-gitea/state';
export * from './fault-proxy';
export * from './fake-cluster';
