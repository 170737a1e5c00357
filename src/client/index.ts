/** Entry `cdk8s-gitea-registry/client`: one HTTP stack, and the registry protocols on it, without cdk8s. */
export { ClientError } from './error';
export type { ErrorFacts } from './error';
export { bodyOf } from './http/message';
export type { HttpBody, HttpRequest, HttpResponse, Method } from './http/message';
export type { Credential } from './http/credential';
export type { ConnectTo, DialOptions } from './http/dial';
export type { Exchange, Recorder } from './http/recording';
export type { RetryPolicy } from './http/retry';
export { Transport } from './http/transport';
export type { TransportOptions } from './http/transport';
export type { RegistryTarget } from './target';
export { PackagesClient } from './packages/packages-client';
export type { PackageFilter } from './packages/version-lists';
export { latestOf } from './packages/latest';
export { LinkRefused } from './packages/link-refused';
export type { LinkOptions, LinkOutcome, UnlinkOutcome } from './packages/link';
export type { LinkCause } from './packages/link-outcome';
export type { Account, Found, Owner, Repository } from './packages/look-ups';
export type { LinkedRepository, PackageFile, PackageVersion } from './packages/package-version';
export { describeServer, hasFeature } from './packages/server';
export type { ForgeServer } from './packages/server';
export { GenericClient } from './generic/generic-client';
export type { GenericFile, GenericOptions } from './generic/generic-client';
export type { GenericDownload } from './generic/download';
export { GENERIC_FILE } from './generic/file-name';
export type { GenericReference } from './generic/file-name';
export type { ByteRange } from './generic/range';
export { FINGERPRINTS, readAnswer } from './fingerprint';
export type { Reading } from './fingerprint';
export type {
  AnswerPattern,
  Fingerprint,
  Responder,
  SeenAnswer,
  Surface,
} from './fingerprints/pattern';
export { refusal } from './refusal';
export type { Asked } from './refusal';
export { serverText } from './server-text';
export { OciClient } from './oci/oci-client';
export type { OciOptions } from './oci/oci-client';
export { parseChallenges } from './oci/challenge';
export type { Challenge } from './oci/challenge';
export type { VerifiedBlob } from './oci/blobs';
export type { Descriptor, Platform } from './oci/descriptor';
export { digestOf, isDigest } from './oci/digest';
export type { Digest } from './oci/digest';
export { parseManifest } from './oci/manifest';
export type { ImageIndex, ImageManifest, Manifest, ManifestBytes } from './oci/manifest';
export type { Naming } from './oci/names';
export type { PushBlobOptions, PushedBlob } from './oci/push-blob';
export type { UploadSession, UploadStatus } from './oci/upload-session';
export type { Reached } from './oci/walk';
