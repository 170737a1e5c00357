/** A file of text beside the manifests. */
export interface SideText {
  /** Path below the folder of side files. */
  readonly path: string;
  readonly text: string;
}
