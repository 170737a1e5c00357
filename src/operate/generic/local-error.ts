/** Something on this machine is in the way: a file that cannot be read, a full disk, a target that is taken. */
export class LocalError extends Error {
  public constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LocalError';
  }
}

const NEXT: { readonly [code: string]: string } = {
  EACCES: ': the account lacks the right',
  EPERM: ': the account lacks the right',
  EROFS: ': the file system is read-only',
  EISDIR: ': it is a folder',
  ENOENT: ': it is not there',
  ENOTDIR: ': a part of its path is no folder',
  ENOSPC: ': no space is left',
  EDQUOT: ': the disk quota is used up',
  ENAMETOOLONG: ': its name is too long',
};

/** @param doing such as `read` or `written`: what cannot be done with the file */
export function localError(path: string, doing: string, cause: unknown): LocalError {
  const { code = '' } = cause as NodeJS.ErrnoException;
  return new LocalError(`'${path}' cannot be ${doing}${NEXT[code] ?? ''} (${code || `${cause}`})`, {
    cause,
  });
}
