import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PodWriter } from '../../../src/operate/pull-test/pod-writer';
import { pullPod } from '../../../src/operate/pull-test/pull-pod';
import { standInKubectl } from '../../cluster/stand-in';
import { temporaryFolder } from '../../support/temporary';

const POD = pullPod({ namespace: 'shop', image: 'h.org/o/i:1', pullSecrets: [], timeoutMs: 1 });

const folder = temporaryFolder();

const read = (name: string): string => readFileSync(join(folder(), name), 'utf8').trim();

it('creates the Pod from stdin, by a kubectl that Ctrl-C on the terminal does not reach', async () => {
  const kubectl = standInKubectl(
    folder(),
    `echo "$@" > ${folder()}/arguments`,
    `cat > ${folder()}/pod.json`,
    `echo $$ > ${folder()}/process`,
    `ps -o pgid= -p $$ > ${folder()}/group`,
  );
  await new PodWriter({ kubectl, context: 'east' }).create(POD);
  expect(read('arguments')).toBe(
    '--context=east --namespace=shop create --filename=- --output=name',
  );
  expect(JSON.parse(read('pod.json'))).toEqual(POD);
  expect(read('group').trim()).toBe(read('process'));
});

it('tells why kubectl failed, though it read nothing', async () => {
  const kubectl = standInKubectl(
    folder(),
    'exec 0<&-',
    'echo "Error from server (Forbidden): pods is forbidden: exceeded quota: small" >&2; exit 1',
  );
  await expect(new PodWriter({ kubectl }).create(POD)).rejects.toMatchObject({
    reason: 'forbidden',
    message: expect.stringContaining('exceeded quota: small'),
  });
});

it('deletes that Pod and no other, and does not wait', async () => {
  const kubectl = standInKubectl(folder(), `echo "$@" > ${folder()}/arguments`);
  await new PodWriter({ kubectl }).delete(POD);
  expect(read('arguments')).toBe(
    `--namespace=shop delete pod ${POD.metadata.name} --ignore-not-found --wait=false`,
  );
});

it('names the command that deletes it, fit for a shell', () => {
  const { name } = POD.metadata;
  expect(new PodWriter({ context: 'arn:aws:eks:x/y' }).deletion(POD)).toBe(
    `kubectl --context=arn:aws:eks:x/y delete pod ${name} --namespace=shop`,
  );
  expect(new PodWriter({ context: "it's $(mine)" }).deletion(POD)).toBe(
    `kubectl '--context=it'\\''s $(mine)' delete pod ${name} --namespace=shop`,
  );
});
