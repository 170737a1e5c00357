import type { Estate } from '../estate';
import type { Rule, Violation } from '../rule';
import type { Pipeline, PipelineCommand } from './pipeline-step';
import { pipelines } from './pipeline-step';
import { isTemplate } from './template-text';

/** REG471: an index may list image manifests only; what buildx pushes is an index already. */
export const indexShape: Rule = {
  code: 'REG471',
  slug: 'index-shape',
  title: 'pushed indexes hold only image manifests that exist under the same image name',
  severity: 'warning',
  why: 'buildx adds provenance, and so pushes an index even for one platform; `docker manifest create` puts indexes into an index, which docker or Gitea refuses',
  shows: [
    'docker manifest create: `HOST/OWNER/IMAGE:TAG is a manifest list`',
    'PUT of the index: 400 MANIFEST_INVALID, or 404 MANIFEST_BLOB_UNKNOWN where a child is missing under this image name',
    'Gitea 1.25.0 to 1.25.2: 500 instead of both',
  ],
  fix: '`docker buildx imagetools create` instead of `docker manifest create`; or build with `--provenance=false`',
  links: [
    'https://docs.docker.com/reference/cli/docker/buildx/imagetools/create/',
    'https://github.com/go-gitea/gitea/issues/31861',
    'https://github.com/kata-containers/kata-containers/pull/12524',
  ],
  judgeRegistry: ({ estate, host }) =>
    host === undefined
      ? []
      : nestedIndexes(estate).flatMap((nested) => indexesOfHost(nested, host)),
};

/** A pipeline that makes an index of what are indexes already. */
interface NestedIndexes {
  readonly pipeline: Pipeline;
  /** Its `docker manifest create` commands. */
  readonly creates: readonly PipelineCommand[];
  /** Why the images are indexes. */
  readonly reason: string;
}

function nestedIndexes(estate: Estate): readonly NestedIndexes[] {
  return estate.remember('nested indexes', () =>
    pipelines(estate, 'manifest').flatMap((pipeline) => {
      const { commands } = pipeline;
      const creates = commands.filter(({ words }) => calls(words, ['manifest', 'create']));
      const reason = reasonOf(pipeline);
      return creates.length > 0 && reason !== undefined ? [{ pipeline, creates, reason }] : [];
    }),
  );
}

function reasonOf(pipeline: Pipeline): string | undefined {
  const builds = pipeline.commands.filter(({ words }) => calls(words, ['buildx', 'build']));
  if (builds.some(({ words }) => isMultiPlatform(words))) {
    return 'for several platforms';
  }
  return builds.some(({ words }) => isAttested(words, pipeline)) ? 'with attestations' : undefined;
}

function indexesOfHost({ pipeline, creates, reason }: NestedIndexes, host: string): Violation[] {
  return creates
    .filter((command) => isFor(command, host, pipeline))
    .map(({ at }) => ({
      at,
      observed: `\`docker manifest create\` over images that \`docker buildx build\` pushes ${reason}`,
      expected: '`docker buildx imagetools create`, or plain images of one platform each',
    }));
}

/** Whether a command has these words one after the other: `docker buildx build …`. */
function calls(words: readonly string[], wanted: readonly [string, string]): boolean {
  return words.some((word, index) => word === wanted[0] && words[index + 1] === wanted[1]);
}

function isMultiPlatform(words: readonly string[]): boolean {
  return flag(words, '--platform').some((platforms) => platforms.includes(','));
}

/** buildx attests unless it is told not to, for provenance by flag or by variable. */
function isAttested(words: readonly string[], { commands, variables }: Pipeline): boolean {
  const isOff =
    flag(words, '--provenance').includes('false') ||
    [...variables, ...commands.flatMap((command) => command.words)].some((word) =>
      /^BUILDX_NO_DEFAULT_ATTESTATIONS=(1|true)$/i.test(word),
    );
  const attestsMore = [...flag(words, '--sbom'), ...flag(words, '--attest')].some(
    (value) => value !== 'false' && !value.includes('disabled=true'),
  );
  return attestsMore || !isOff;
}

/** Values of a flag, `--name value` or `--name=value`. */
function flag(words: readonly string[], name: string): string[] {
  return words.flatMap((word, index) => {
    if (word === name) {
      return words[index + 1] ?? [];
    }
    return word.startsWith(`${name}=`) ? word.slice(name.length + 1) : [];
  });
}

/** Whether a command is about images of the host, by name or by a variable that holds it. */
function isFor(
  { words }: PipelineCommand,
  host: string,
  { commands, variables }: Pipeline,
): boolean {
  const names = (word: string): boolean => word.includes(host);
  return (
    words.some(names) ||
    (words.some(isTemplate) &&
      [...variables, ...commands.flatMap((command) => command.words)].some(names))
  );
}
