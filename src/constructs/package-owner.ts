import type { OwnerDeclaration, OwnerVisibility } from '../declaration/model';
import { checked } from '../declaration/checked';
import { ownerSchema } from '../declaration/registry-schema';
import type { PackageSize } from './package-size';

/** Who may see an owner, and with it all of its packages. The visibility of repositories does not matter. */
export enum Visibility {
  /** Anyone, without an account. */
  PUBLIC = 'public',
  /** Every signed-in user. */
  LIMITED = 'limited',
  /** Members only. */
  PRIVATE = 'private',
}

/** What is known of an owner. */
export interface PackageOwnerOptions {
  /** Visibility the owner is meant to have. The command compares it with the server; nothing sets it. */
  readonly visibility: Visibility;

  /**
   * Size of all packages of the owner above which somebody should be told. An alert threshold only: a limit of the server
   * deletes stored blobs when it refuses an upload (REG462).
   * @default - none
   */
  readonly budget?: PackageSize;
}

/** A Gitea user or organization that holds packages. */
export class PackageOwner {
  /** An organization; the only owner several accounts can push to. */
  public static organization(name: string, options: PackageOwnerOptions): PackageOwner {
    return new PackageOwner('organization', name, options);
  }

  /** A user; only the user and site admins can push to it. */
  public static user(name: string, options: PackageOwnerOptions): PackageOwner {
    return new PackageOwner('user', name, options);
  }

  private readonly declaration: OwnerDeclaration;

  private constructor(kind: OwnerDeclaration['kind'], name: string, options: PackageOwnerOptions) {
    const visibility = options.visibility as OwnerVisibility;
    this.declaration = checked(
      ownerSchema,
      { kind, name, visibility, ...(options.budget && { budget: options.budget.toIni() }) },
      'owner',
    );
  }

  /** @internal */
  public _toDeclaration(): OwnerDeclaration {
    return this.declaration;
  }
}
