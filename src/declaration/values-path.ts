/**
 * `path` as it is written in a file of `folder`, both below one root; undefined where it does not stay below it.
 *
 * @param folder relative, without `..`; `.` is the root
 */
export function pathFrom(folder: string, path: string): string | undefined {
  const steps = stepsOf(path);
  const way = folder === '.' ? [] : folder.split('/');
  return steps && way.every((step, index) => steps[index] === step)
    ? steps.slice(way.length).join('/')
    : undefined;
}

/** Steps of a path below the root; undefined for one that leaves it. */
function stepsOf(path: string): string[] | undefined {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..' && steps.length > 0) {
      steps.pop();
    } else if (step === '..') {
      return undefined;
    } else if (step !== '' && step !== '.') {
      steps.push(step);
    }
  }
  return path.startsWith('/') ? undefined : steps;
}
