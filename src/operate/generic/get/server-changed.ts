/** The file on the server is not, or no longer, the one that was listed: look again. */
export class ServerChanged extends Error {}

/** All bytes came, and they are not the ones the API lists. */
export class WrongBytes extends Error {
  public constructor(
    /** SHA-256 of what came, hex. */
    public readonly sha256: string,
    /** Whether some of it was there from an earlier run. */
    public readonly wasResumed: boolean,
  ) {
    super('other bytes came than are listed');
  }
}
