import * as fc from 'fast-check';
import type { GenericClient } from '../../../src/client/generic/generic-client';
import { bodyOf } from '../../../src/client/http/message';
import type { OciClient } from '../../../src/client/oci/oci-client';
import type { PackagesClient } from '../../../src/client/packages/packages-client';
import { codeOf } from '../contract/failure';
import { all, bytesOf, pushImage } from '../image';
import type { TestImage } from '../../testing/images';
import { digestOf, imageOf } from '../../testing/images';
import type { RegistryModel } from './registry-model';

/** The registry under test. */
export interface Real {
  readonly oci: OciClient;
  readonly packages: PackagesClient;
  readonly generic: GenericClient;
  readonly owner: string;
  /** Stands before every name, so that runs do not meet. */
  readonly prefix: string;
  /** Whether a tag that moves leaves the old manifest under it (Gitea 1.25.0 and 1.25.1). */
  readonly keepsOldFiles: boolean;
  /** Whether names with a slash can be linked. */
  readonly linksSlashes: boolean;
}

type Step = fc.AsyncCommand<RegistryModel, Real>;

const IMAGES: readonly TestImage[] = ['one', 'two', 'three'].map(imageOf);
const digests = IMAGES.map(({ manifest }) => digestOf(manifest));

const names = fc.constantFrom('app', 'team/app');
const tags = fc.constantFrom('v1', 'V1', 'latest');
const contents = fc.nat({ max: IMAGES.length - 1 });
const references = fc.oneof(tags, fc.constantFrom(...digests));
const repositories = fc.constantFrom('hub', 'second');
const tools = fc.record({
  name: fc.constantFrom('tool', 'Tool'),
  version: fc.constantFrom('1.0', '2.0-RC', '2.0-rc'),
});
const files = fc.constantFrom('a.txt', 'A.TXT', 'b');
const texts = fc.constantFrom('', 'text', 'other text');

/** Commands a run is made of. */
export const COMMANDS: fc.Arbitrary<Step>[] = [
  fc.tuple(names, tags, contents).map(([name, tag, content]) => pushTag(name, tag, content)),
  fc.tuple(names, contents).map(([name, content]) => pushDigest(name, content)),
  fc.tuple(names, references).map(([name, reference]) => pull(name, reference)),
  fc.tuple(names, references).map(([name, reference]) => deleteManifest(name, reference)),
  fc.tuple(names, references).map(([name, version]) => deleteVersion(name, version)),
  names.map(listTags),
  fc.tuple(names, repositories).map(([name, repository]) => link(name, repository)),
  names.map(unlink),
  fc.tuple(tools, files, texts).map(([tool, file, text]) => put(tool, file, text)),
  fc.tuple(tools, files).map(([tool, file]) => get(tool, file)),
  fc.tuple(tools, files).map(([tool, file]) => deleteFile(tool, file)),
  tools.map(deleteTool),
  fc.constant(list()),
];

function step(
  text: string,
  run: (model: RegistryModel, real: Real) => Promise<void>,
  check: (model: Readonly<RegistryModel>, real?: Real) => boolean = () => true,
): Step {
  return { check, run, toString: () => text };
}

function pushTag(name: string, tag: string, content: number): Step {
  const digest = digests[content]!;
  return step(`push ${name}:${tag} ${content}`, async (model, real) => {
    const held = model.resolve(name, tag);
    if (real.keepsOldFiles && held !== undefined && held !== digest) {
      return;
    }
    const repository = repositoryOf(real, name);
    const pushed = await pushImage(real.oci, repository, IMAGES[content]!, tag);
    expect(pushed.digest).toBe(digest);
    model.push(name, tag, digest);
  });
}

function pushDigest(name: string, content: number): Step {
  const digest = digests[content]!;
  return step(`push ${name}@${content}`, async (model, real) => {
    await pushImage(real.oci, repositoryOf(real, name), IMAGES[content]!);
    model.push(name, digest, digest);
  });
}

function pull(name: string, reference: string): Step {
  return step(`pull ${name} ${reference}`, async (model, { oci, ...real }) => {
    const repository = repositoryOf(real, name);
    const expected = model.resolve(name, reference);
    expect((await oci.headManifest(repository, reference))?.digest).toBe(expected);
    if (expected === undefined) {
      expect(await codeOf(oci.getManifest(repository, reference))).toBe('REG723');
      return;
    }
    const image = IMAGES[digests.indexOf(expected)]!;
    expect((await oci.getManifest(repository, reference)).bytes).toEqual(image.manifest);
    const { stream } = await oci.getBlob(repository, digestOf(image.layer));
    expect(await bytesOf(stream)).toEqual(image.layer);
  });
}

function deleteManifest(name: string, reference: string): Step {
  return step(`delete ${name} ${reference}`, async (model, { oci, ...real }) => {
    const outcome = await oci.deleteManifest(repositoryOf(real, name), reference);
    expect(outcome).toBe(model.delete(name, reference) ? 'deleted' : 'absent');
  });
}

function deleteVersion(name: string, version: string): Step {
  return step(`delete version ${name} ${version}`, async (model, { packages, ...real }) => {
    const outcome = await packages.delete({ ...packageOf(real, name), version });
    const had = model.image(name)?.versions.delete(version.toLowerCase()) ?? false;
    expect(outcome).toBe(had ? 'deleted' : 'absent');
  });
}

function listTags(name: string): Step {
  return step(`tags of ${name}`, async (model, { oci, ...real }) => {
    const repository = repositoryOf(real, name);
    const image = model.image(name);
    if (image === undefined) {
      expect(await codeOf(all(oci.tags(repository)))).toBe('REG913');
      return;
    }
    const expected = [...image.versions.keys()].filter((tag) => !tag.startsWith('sha256:'));
    expect(await all(oci.tags(repository))).toEqual(expected.sort());
  });
}

function link(name: string, repository: string): Step {
  return step(`link ${name} to ${repository}`, async (model, { packages, ...real }) => {
    const image = model.image(name);
    const linking = packages.link(packageOf(real, name), repository);
    if (name.includes('/') && !real.linksSlashes) {
      expect(await codeOf(linking)).toBe('REG912');
      return;
    }
    if (image === undefined) {
      expect(await codeOf(linking)).toBe('REG913');
      return;
    }
    const isEmpty = image.versions.size === 0 && { isEmpty: true };
    const wanted = `${real.owner}/${repository}`;
    if (image.linkedTo === undefined) {
      expect(await linking).toEqual({ kind: 'linked', repository: wanted, ...isEmpty });
      image.linkedTo = repository;
    } else if (isEmpty) {
      // No version is left to show the link.
      expect(await linking).toEqual({ kind: 'linked-elsewhere', ...isEmpty });
    } else {
      const kind = image.linkedTo === repository ? 'unchanged' : 'linked-elsewhere';
      expect(await linking).toEqual({ kind, repository: `${real.owner}/${image.linkedTo}` });
    }
  });
}

function unlink(name: string): Step {
  return step(`unlink ${name}`, async (model, { packages, ...real }) => {
    const image = model.image(name);
    const unlinking = packages.unlink(packageOf(real, name));
    if (name.includes('/') && !real.linksSlashes) {
      // Of a package that is not there, a client that has never linked says just that.
      const codes = image === undefined ? ['REG912', 'REG913'] : ['REG912'];
      expect(codes).toContain(await codeOf(unlinking));
      return;
    }
    if (image === undefined) {
      expect(await codeOf(unlinking)).toBe('REG913');
      return;
    }
    expect(await unlinking).toBe(image.linkedTo === undefined ? 'unchanged' : 'unlinked');
    delete image.linkedTo;
  });
}

interface Tool {
  readonly name: string;
  readonly version: string;
}

function put(tool: Tool, file: string, text: string): Step {
  return step(`put ${keyOf(tool)}/${file} '${text}'`, async (model, { generic, ...real }) => {
    const outcome = await generic.put(placeOf(real, tool), file, bodyOf(text));
    const held = model.files.get(keyOf(tool)) ?? new Map<string, string>();
    model.files.set(keyOf(tool), held);
    expect(outcome).toBe(held.has(file.toLowerCase()) ? 'exists' : 'created');
    held.set(file.toLowerCase(), held.get(file.toLowerCase()) ?? text);
  });
}

function get(tool: Tool, file: string): Step {
  return step(`get ${keyOf(tool)}/${file}`, async (model, { generic, ...real }) => {
    const expected = model.files.get(keyOf(tool))?.get(file.toLowerCase());
    const place = placeOf(real, tool);
    expect((await generic.head(place, file))?.size).toBe(expected?.length);
    if (expected === undefined) {
      expect(await codeOf(generic.get(place, file))).toBe('REG913');
      return;
    }
    const got = await generic.get(place, file);
    expect(got.kind === 'whole' && (await bytesOf(got.body)).toString()).toBe(expected);
  });
}

function deleteFile(tool: Tool, file: string): Step {
  return step(`delete ${keyOf(tool)}/${file}`, async (model, { generic, ...real }) => {
    const held = model.files.get(keyOf(tool));
    const had = held?.delete(file.toLowerCase()) ?? false;
    if (held?.size === 0) {
      model.files.delete(keyOf(tool));
    }
    expect(await generic.deleteFile(placeOf(real, tool), file)).toBe(had ? 'deleted' : 'absent');
  });
}

function deleteTool(tool: Tool): Step {
  return step(`delete ${keyOf(tool)}`, async (model, { generic, ...real }) => {
    const had = model.files.delete(keyOf(tool));
    expect(await generic.deleteVersion(placeOf(real, tool))).toBe(had ? 'deleted' : 'absent');
  });
}

function list(): Step {
  return step('list', async (model, { packages, owner, prefix }) => {
    const listed = await all(packages.list(owner, { name: prefix }));
    const texts = listed.map(({ type, name, version }) =>
      `${type} ${name.slice(prefix.length)} ${version}`.toLowerCase(),
    );
    expect(texts.sort()).toEqual(model.listed());
    const links = new Map(
      listed.map(({ name, repository }) => [name.slice(prefix.length), repository?.fullName]),
    );
    for (const [name, { versions, linkedTo }] of model.images) {
      if (versions.size > 0) {
        expect(links.get(name)).toBe(linkedTo === undefined ? undefined : `${owner}/${linkedTo}`);
      }
    }
  });
}

function repositoryOf({ owner, prefix }: Pick<Real, 'owner' | 'prefix'>, name: string): string {
  return `${owner}/${prefix}${name}`;
}

function packageOf({ owner, prefix }: Pick<Real, 'owner' | 'prefix'>, name: string) {
  return { owner, type: 'container', name: `${prefix}${name}` };
}

function placeOf({ owner, prefix }: Pick<Real, 'owner' | 'prefix'>, { name, version }: Tool) {
  return { owner, name: `${prefix}${name}`, version };
}

function keyOf({ name, version }: Tool): string {
  return `${name}@${version}`.toLowerCase();
}
