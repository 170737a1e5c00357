/** What git hosting consists of, in the order of a record. */
export const HOSTING_SURFACES = ['ui', 'login', 'api', 'fetch', 'push', 'ssh'] as const;

/** One of {@link HOSTING_SURFACES}. */
export type HostingSurface = (typeof HOSTING_SURFACES)[number];

/**
 * How well something stands, best first. `refuses`: it is there and wants a credential, a right or a sign-in elsewhere;
 * `fails`: it is not there, or something else answers.
 */
export const STANDINGS = ['works', 'refuses', 'fails'] as const;

/** One of {@link STANDINGS}. */
export type Standing = (typeof STANDINGS)[number];

/** What one part of git hosting answered on one access path. */
export interface HostingObservation {
  /** Name of the access path; absent for ssh, which has a port of its own. */
  readonly path?: string;
  readonly surface: HostingSurface;
  /** What was asked: `GET /user/login`, the repository `platform/shop`, `git.example.org:22`. */
  readonly asked: string;
  /** Whether the credential of the path went with it. */
  readonly isSignedIn: boolean;
  readonly standing: Standing;
  /** What was seen, in one line: `200 application/x-git-upload-pack-advertisement`. */
  readonly observed: string;
}

/** What a question came to. */
export type Found = Pick<HostingObservation, 'standing' | 'observed'>;
