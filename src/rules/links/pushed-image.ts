import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { Pipeline } from '../limits/pipeline-step';
import { pipelines } from '../limits/pipeline-step';
import { partsOf } from '../limits/hosted-reference';
import { imageHost } from '../read/workload';

/** An image that a pipeline pushes. */
export interface PushedImage {
  /** `host[:port]`. */
  readonly host: string;
  /** `owner/image`, without tag and digest. */
  readonly repository: string;
  /** What the pipeline gives as label or annotation `org.opencontainers.image.source`. */
  readonly source?: string;
  readonly at: Cursor;
}

/** Images that pipelines push, by host. */
export function pushedImages(estate: Estate): ReadonlyMap<string, readonly PushedImage[]> {
  return estate.remember('pushed images', () => {
    const pushing = [...pipelines(estate, 'push'), ...pipelines(estate, '--destination')];
    return indexed(pushing.flatMap(imagesOf), ({ host }) => host);
  });
}

function imagesOf({ commands }: Pipeline): PushedImage[] {
  const source = commands.flatMap(({ words }) => words.filter(isWord).flatMap(sourceOf))[0];
  return commands.flatMap(({ words, at }) =>
    targetsOf(words).flatMap((target) => {
      const host = imageHost(target);
      return host === undefined
        ? []
        : [
            {
              host,
              repository: partsOf(target.slice(host.length + 1)).repository,
              ...(source !== undefined && { source }),
              at,
            },
          ];
    }),
  );
}

/** References a command pushes to: kaniko's destinations, tags of buildx, outputs of BuildKit, the end of `… push`. */
export function targetsOf(command: readonly string[]): string[] {
  const words = command.filter(isWord);
  const push = words.indexOf('push');
  const last = push < 0 ? undefined : words.slice(push + 1).findLast((word) => !/^-/.test(word));
  return [
    ...valuesOf(words, ['--destination']),
    ...(words.includes('--push') ? valuesOf(words, ['--tag', '-t']) : []),
    ...words
      .filter((word) => word.includes('push=true'))
      .flatMap((word) => /(?:^|,)name=([^,]+)/.exec(word)?.[1] ?? []),
    ...(last === undefined ? [] : [last]),
  ].map((target) => target.replace(/^docker:\/\//, ''));
}

/** A script that stands among the words of a step is read command by command. */
function isWord(text: string): boolean {
  return !/\s/.test(text);
}

/** Values of a flag under any of its names, `--name value` or `--name=value`. */
function valuesOf(words: readonly string[], names: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const [name, ...value] = word.split('=');
    if (!names.includes(name)) {
      return [];
    }
    return value.length > 0 ? value.join('=') : (words[index + 1] ?? []);
  });
}

/** `org.opencontainers.image.source=URL` wherever a tool has it: `--label`, `--annotation index:…`, `--opt label:…`. */
function sourceOf(word: string): string[] {
  const source = /(?:^|[=:])org\.opencontainers\.image\.source=(.+)$/.exec(word)?.[1];
  return source === undefined ? [] : [source];
}
