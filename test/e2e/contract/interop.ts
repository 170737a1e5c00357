import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OciClient } from '../../../src/client/oci/oci-client';
import type { Credential } from '../../../src/client/http/credential';
import { digestOf } from '../../testing/images';
import { all, bytesOf } from '../image';
import type { RunnableImage } from '../runnable-image';
import { pushRunnable, runnableImage, writeLayout } from '../runnable-image';
import { found, run } from '../servers/program';

/** A registry other programs speak to as well. */
export interface InteropPlace {
  /** `host:port`, without TLS. */
  readonly host: string;
  readonly client: OciClient;
  readonly credential?: Credential;
  fresh(): string;
}

/** Another client of registries. */
interface Tool {
  readonly name: string;
  /** Digest a reference has for it. */
  digest(reference: string): Promise<string>;
  /** Copies an image of all platforms into an OCI image layout. */
  pull(reference: string, folder: string): Promise<unknown>;
  /** Pushes all of an OCI image layout. */
  push(folder: string, tag: string, reference: string): Promise<unknown>;
  /** Looks into the layers. @default - it cannot */
  validate?(reference: string): Promise<unknown>;
}

/** What others push we read, and what we push others read: the same digests, for every platform. */
export function interopContract(place: () => InteropPlace): void {
  let folder: string;
  let environment: NodeJS.ProcessEnv;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gitea-registry-e2e-'));
    environment = signedIn(folder, place());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const command =
    (program: string) =>
    (...args: readonly string[]): Promise<string> =>
      run(program, args, { env: environment });

  for (const { name, tool } of toolsOn(command, () => join(folder, 'docker', 'config.json'))) {
    const described = tool === undefined ? describe.skip : describe;
    described(`${name}${tool === undefined ? ' (not on PATH)' : ''}`, () => {
      test('reads what we push', async () => {
        const { host, client, fresh } = place();
        const repository = fresh();
        const image = runnableImage();
        const { digest } = await pushRunnable(client, repository, 'v1', image);
        const reference = `${host}/${repository}:v1`;
        expect(await tool!.digest(reference)).toBe(digest);
        await tool!.validate?.(reference);
        const copy = join(folder, `${name}-pulled`);
        await tool!.pull(reference, copy);
        for (const { bytes } of [...image.manifests, ...image.blobs]) {
          const file = join(copy, 'blobs', 'sha256', digestOf(bytes).slice(7));
          expect(digestOf(readFileSync(file))).toBe(digestOf(bytes));
        }
      });

      test('pushes what we read', async () => {
        const { host, client, fresh } = place();
        const repository = fresh();
        const image = runnableImage();
        const layout = join(folder, `${name}-layout`);
        writeLayout(layout, 'v1', image);
        await tool!.push(layout, 'v1', `${host}/${repository}:v1`);
        await expectWhole(client, repository, image);
      });
    });
  }
}

async function expectWhole(
  client: OciClient,
  repository: string,
  { index, manifests, blobs }: RunnableImage,
): Promise<void> {
  const read = await client.getManifest(repository, 'v1');
  expect(read.descriptor.digest).toBe(digestOf(index.bytes));
  const walked = await all(client.walk(repository, 'v1'));
  expect(walked.map(({ descriptor }) => descriptor.digest).sort()).toEqual(
    [index, ...manifests, ...blobs].map(({ bytes }) => digestOf(bytes)).sort(),
  );
  for (const { bytes } of blobs) {
    const blob = await client.getBlob(repository, digestOf(bytes));
    expect(await bytesOf(blob.stream)).toEqual(bytes);
  }
}

/** The credential where all of them look for it. */
function signedIn(folder: string, { host, credential }: InteropPlace): NodeJS.ProcessEnv {
  const docker = join(folder, 'docker');
  mkdirSync(docker);
  const auth =
    credential && Buffer.from(`${credential.user}:${credential.secret}`).toString('base64');
  const config = JSON.stringify({ auths: auth === undefined ? {} : { [host]: { auth } } });
  writeFileSync(join(docker, 'config.json'), config, { mode: 0o600 });
  const regctl = join(folder, 'regctl.json');
  writeFileSync(regctl, JSON.stringify({ hosts: { [host]: { tls: 'disabled' } } }));
  return { ...process.env, HOME: folder, DOCKER_CONFIG: docker, REGCTL_CONFIG: regctl };
}

function toolsOn(
  command: (program: string) => (...args: readonly string[]) => Promise<string>,
  authFile: () => string,
): readonly { readonly name: string; readonly tool?: Tool }[] {
  const plain = ['--src-tls-verify=false', '--dest-tls-verify=false'];
  const makers: { readonly [name: string]: (path: string) => Omit<Tool, 'name'> } = {
    crane: (path) => ({
      digest: async (reference) => (await command(path)('digest', reference)).trim(),
      pull: (reference, folder) => command(path)('pull', '--format=oci', reference, folder),
      push: (folder, _tag, reference) => command(path)('push', folder, reference),
      validate: (reference) => command(path)('validate', '--remote', reference),
    }),
    regctl: (path) => ({
      digest: async (reference) => (await command(path)('image', 'digest', reference)).trim(),
      pull: (reference, folder) => command(path)('image', 'copy', reference, `ocidir://${folder}`),
      push: (folder, tag, reference) =>
        command(path)('image', 'copy', `ocidir://${folder}:${tag}`, reference),
    }),
    skopeo: (path) => ({
      digest: async (reference) =>
        digestOf(
          await command(path)(
            'inspect',
            '--raw',
            '--tls-verify=false',
            '--authfile',
            authFile(),
            `docker://${reference}`,
          ),
        ),
      pull: (reference, folder) =>
        command(path)(
          ...['copy', '--all', ...plain, '--authfile', authFile()],
          ...[`docker://${reference}`, `oci:${folder}:v1`],
        ),
      push: (folder, tag, reference) =>
        command(path)(
          ...['copy', '--all', ...plain, '--authfile', authFile()],
          ...[`oci:${folder}:${tag}`, `docker://${reference}`],
        ),
    }),
  };
  return Object.entries(makers).map(([name, make]) => {
    const path = found(name);
    return { name, ...(path !== undefined && { tool: { name, ...make(path) } }) };
  });
}
