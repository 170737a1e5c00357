import type { RegistryDeclaration } from '../../declaration/model';
import { refuse } from '../../declaration/problem';

/** A side file: path below their folder, and text. */
export interface LayerFile {
  readonly path: string;
  readonly text: string;
}

/** Makes a file late, from the whole declaration: a route may be declared after it. */
type MakeLayerFile = (declaration: RegistryDeclaration) => LayerFile;

/** Side files for people who own another layer; each is written on request only. */
export class LayerFiles {
  private readonly files: MakeLayerFile[] = [];

  /** @throws DeclarationError REG630 when the same file was asked for before */
  public add(file: MakeLayerFile, declaration: RegistryDeclaration): void {
    const { path } = file(declaration);
    if (this.texts(declaration).some((other) => other.path === path)) {
      refuse('sideFiles', path, 'is written already: say everything in one call', 'REG630');
    }
    this.files.push(file);
  }

  /** The files, in the order they were asked for. */
  public texts(declaration: RegistryDeclaration): LayerFile[] {
    return this.files.map((file) => file(declaration));
  }
}
