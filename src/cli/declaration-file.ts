import { readFile } from 'node:fs/promises';
import type { Document } from 'yaml';
import { parseAllDocuments } from 'yaml';
import type { RegistryDeclaration } from '../declaration/model';
import { KIND } from '../declaration/model';
import { parseDeclaration } from '../declaration/parse';
import { DeclarationError } from '../declaration/problem';
import { CommandError } from './exit';

/** A declaration and where it was found. */
export interface FoundDeclaration {
  /** Path as messages name it. */
  readonly file: string;
  readonly declaration: RegistryDeclaration;
}

/**
 * The declarations of a `registry.json`, or of the ConfigMaps of a YAML file.
 *
 * @param shown the path as messages name it
 * @throws CommandError (exit 2) when it is no YAML, or one of them is refused
 */
export async function declarationsIn(file: string, shown: string): Promise<FoundDeclaration[]> {
  const text = await readFile(file, 'utf8');
  try {
    const sources = file.endsWith('.json') ? [text] : declarationTexts(text, shown);
    return sources.map((source) => ({ file: shown, declaration: parseDeclaration(source) }));
  } catch (cause) {
    if (cause instanceof DeclarationError) {
      throw new CommandError(
        `the declaration in '${shown}' is refused:\n${cause.message}`,
        undefined,
        { cause },
      );
    }
    throw cause;
  }
}

/** Texts of every declaration among the ConfigMaps of a YAML file. */
function declarationTexts(yaml: string, shown: string): string[] {
  // Pretty errors quote source lines, which may hold secrets.
  return parseAllDocuments(yaml, { prettyErrors: false, logLevel: 'silent' }).flatMap(
    (document) => {
      if (document.errors.length > 0) {
        const line = yaml.slice(0, document.errors[0].pos[0]).split('\n').length;
        throw new CommandError(
          `'${shown}' is not YAML: ${document.errors[0].code} at line ${line}`,
        );
      }
      const text = document.getIn(['data', 'registry.json']);
      return document.get('kind') === 'ConfigMap' &&
        typeof text === 'string' &&
        isOurs(document, text)
        ? [text]
        : [];
    },
  );
}

function isOurs(document: Document, text: string): boolean {
  const partOf = document.getIn(['metadata', 'labels', 'app.kubernetes.io/part-of']);
  return partOf === 'gitea-registry' || text.includes(KIND);
}
