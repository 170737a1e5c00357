import fc from 'fast-check';
import { targetsOf } from '../../../src/rules/links/pushed-image';

const IMAGE = 'git.example.org/acme/web:1';

describe('a command', () => {
  test.each<[command: string, targets: string[]]>([
    [`/kaniko/executor --context=x --destination=${IMAGE} --destination b`, [IMAGE, 'b']],
    [`docker push ${IMAGE}`, [IMAGE]],
    [`docker push --quiet ${IMAGE} --disable-content-trust`, [IMAGE]],
    [`buildah push localhost/web docker://${IMAGE}`, [IMAGE]],
    [`crane push web.tar ${IMAGE}`, [IMAGE]],
    [`docker buildx build --push -t ${IMAGE} --tag=b --tag c .`, [IMAGE, 'b', 'c']],
    [`buildctl build --output type=image,name=${IMAGE},push=true`, [IMAGE]],
    [`buildctl build --output name=${IMAGE},type=image,push=true`, [IMAGE]],
  ])('%s pushes %j', (command, targets) => {
    expect(targetsOf(command.split(' '))).toEqual(targets);
  });

  test.each([
    `docker build -t ${IMAGE} .`,
    `docker pull ${IMAGE}`,
    `buildctl build --output type=image,name=${IMAGE},push=false`,
    `buildctl build --output type=registry,push=true`,
    'docker push',
    'docker push --all-tags',
    'docker buildx build --push -t',
    `--destinations=${IMAGE}`,
    '',
  ])('%s pushes nothing that is known', (command) => {
    expect(targetsOf(command.split(' ')).filter((target) => target !== '')).toEqual([]);
  });

  test('of one word that is a script is left to the commands in it', () => {
    expect(targetsOf(['sh', '-c', `docker push ${IMAGE}`])).toEqual([]);
    expect(targetsOf([`x push=true,name=${IMAGE}`, `--destination=a b`])).toEqual([]);
  });

  test('pushes to words it is given, whatever they are', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('push', '--push', '--destination', '-t', '--tag=', 'push=true,name=', 'x'),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const all = words.join(' ');
        expect(targetsOf(words).filter((target) => !all.includes(target))).toEqual([]);
      }),
    );
  });
});
