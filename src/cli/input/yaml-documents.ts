import type { CST, Document, ParsedNode } from 'yaml';
import { Composer, isScalar, parseDocument, Parser, visit } from 'yaml';

/** One document of a YAML text. */
export interface YamlDocument {
  /** Its content as plain values; `undefined` for an empty document. */
  readonly value: unknown;
  /** Where the document begins and ends in the text. */
  readonly start: number;
  readonly end: number;
}

/** A text that is not the YAML it should be. */
export class YamlFault extends Error {
  public constructor(
    message: string,
    /** Offset of the fault in the text. */
    public readonly offset: number,
  ) {
    super(message);
    this.name = 'YamlFault';
  }
}

/**
 * `merge` because kubectl and helm read YAML 1.1 merge keys. Keys are compared below: the library compares each with
 * each, which hangs on a map of a hundred thousand keys.
 */
const OPTIONS = {
  merge: true,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** What the library's errors mean, without its message: that quotes the text, which may hold secrets. */
const FAULTS: { readonly [code: string]: string } = {
  BAD_ALIAS: 'an alias has no anchor',
  BAD_INDENT: 'the indentation does not fit',
  BLOCK_IN_FLOW: 'a block stands inside brackets',
  MISSING_CHAR: 'a character is missing',
  MULTILINE_IMPLICIT_KEY: 'a key spans lines',
  TAB_AS_INDENT: 'a tab indents',
  UNEXPECTED_TOKEN: 'a token is not expected here',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
};

/**
 * Reads the documents of a YAML text one after the other; no more than one is held as a tree.
 *
 * @throws YamlFault for what is not YAML, a key that stands twice, an alias bomb, nesting without end
 */
export function* yamlDocuments(text: string): Generator<YamlDocument> {
  const composer = new Composer(OPTIONS);
  try {
    for (const token of new Parser().parse(text)) {
      refuseAbyss(token);
      for (const document of composer.next(token)) {
        yield read(document);
      }
    }
    for (const document of composer.end()) {
      yield read(document);
    }
  } catch (error) {
    throw asFault(error, 0);
  }
}

function read(document: Document.Parsed<ParsedNode>): YamlDocument {
  const [start, , end] = document.range;
  const [fault] = document.errors;
  if (fault) {
    throw new YamlFault(FAULTS[fault.code] ?? `is not YAML (${fault.code})`, fault.pos[0]);
  }
  refuseTwins(document);
  try {
    const value: unknown = document.toJS();
    return { value: value ?? undefined, start, end };
  } catch (error) {
    throw asFault(error, start);
  }
}

/** No manifest nests half as deep; the library recurses, and a stack that ends inside V8 ends the process. */
const DEEPEST = 500;

function refuseAbyss(document: CST.Token): void {
  const left: [token: CST.Token | null | undefined, depth: number][] = [[document, 0]];
  for (let next = left.pop(); next; next = left.pop()) {
    const [token, depth] = next;
    if (!token) {
      continue;
    }
    if (depth > DEEPEST) {
      throw new YamlFault('nests too deep to be read', 'offset' in token ? token.offset : 0);
    }
    if (token.type === 'document') {
      left.push([token.value, depth + 1]);
    } else if ('items' in token) {
      for (const { key, value } of token.items) {
        // Scalars are nine of ten; they nest nothing.
        if (key && 'items' in key) {
          left.push([key, depth + 1]);
        }
        if (value && 'items' in value) {
          left.push([value, depth + 1]);
        }
      }
    }
  }
}

/** A key that stands twice: kubectl refuses it, helm takes the last one without a word. */
function refuseTwins(document: Document.Parsed<ParsedNode>): void {
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : undefined;
        if (name !== undefined && seen.has(name) && name !== '<<') {
          throw new YamlFault('a key stands twice in one map', (key as ParsedNode).range![0]);
        }
        seen.add(name);
      }
    },
  });
}

function asFault(error: unknown, offset: number): unknown {
  if (error instanceof ReferenceError) {
    const bomb = /excessive/i.test(error.message);
    return new YamlFault(
      bomb ? 'holds more aliases than any manifest needs' : 'an alias has no anchor',
      offset,
    );
  }
  return error;
}

/** Parses the one document of a text as a tree, as {@link yamlDocuments} read it. */
export function yamlTree(text: string): Document.Parsed<ParsedNode> {
  return parseDocument(text, OPTIONS);
}

/** Line and column, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where a text begins. */
export const TOP: Position = { line: 1, column: 1 };

/**
 * Line and column of an offset.
 *
 * @param from where the text itself begins
 * @default - the text is a whole file
 */
export function positionAt(text: string, offset: number, from = TOP): Position {
  let { line, column } = from;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', start)) {
    line++;
    column = 1;
    start = end + 1;
  }
  return { line, column: column + offset - start };
}

/** What is wrong with a file and where, as compilers write it. */
export function describeFault(name: string, text: string, { message, offset }: YamlFault): string {
  const { line, column } = positionAt(text, offset);
  return `${name}:${line}:${column}: ${message}`;
}
