import type { Node, Pair, Scalar } from 'yaml';
import { isCollection, isMap, isPair, isScalar } from 'yaml';
import type { Step } from '../../rules/cursor';
import type { Position } from './yaml-documents';
import { positionAt, TOP, yamlTree } from './yaml-documents';

/**
 * Where a JSON path stands in a YAML document: the key of a map entry, the start of a list entry; of what is missing,
 * the nearest place around it.
 *
 * @param source the text of the document
 * @param from where the document begins in its file
 * @param steps one path for each document on the way: the document itself, then those embedded in it
 */
export function locate(
  source: string,
  from: Position,
  steps: readonly (readonly Step[])[],
): Position {
  const [path, ...embedded] = steps;
  const { offset, node } = find(yamlTree(source).contents, path);
  if (embedded.length > 0 && isScalar(node) && isBlock(node)) {
    return inBlock(source, node, locate(`${node.value}`, TOP, embedded), from);
  }
  return positionAt(source, offset, from);
}

interface Place {
  readonly offset: number;
  readonly node: unknown;
}

function find(root: Node | null, path: readonly Step[]): Place {
  let place: Place = { offset: root?.range?.[0] ?? 0, node: root };
  for (const step of path) {
    const next = below(place.node, step);
    if (next === undefined) {
      return place;
    }
    place = next;
  }
  return place;
}

function below(node: unknown, step: Step): Place | undefined {
  if (!isCollection(node)) {
    return undefined;
  }
  if (!isMap(node)) {
    const item = typeof step === 'number' ? (node.items[step] as Node | undefined) : undefined;
    return item && { offset: item.range?.[0] ?? 0, node: item };
  }
  const pair = node.items.find(
    (entry): entry is Pair<Scalar, Node> =>
      isPair(entry) && isScalar(entry.key) && `${entry.key.value}` === `${step}`,
  );
  return pair && { offset: pair.key.range?.[0] ?? 0, node: pair.value };
}

function isBlock({ type }: Scalar): boolean {
  return type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
}

/** A place inside a block scalar: its lines begin below the `|`, shifted by the block's indentation. */
function inBlock(source: string, node: Scalar, inner: Position, document: Position): Position {
  const from = node.range![0];
  const header = positionAt(source, from);
  const body = source.slice(source.indexOf('\n', from) + 1);
  const indent = /^(?:[ \t]*\n)*( *)/.exec(body)![1].length;
  return {
    line: document.line - 1 + header.line + inner.line,
    column: indent + inner.column,
  };
}
