import { ClientError } from '../../../src/client/error';
import type { LinkOutcome } from '../../../src/client/packages/link';
import { applyLinks } from '../../../src/operate/links/apply';
import type { LinkStep } from '../../../src/operate/links/plan';
import { moveLink } from '../../../src/operate/links/move';

const linkOf = (name: string) => ({ owner: 'coulomb', type: 'container', name, repository: 'new' });

const refused = (code: string, status?: number): ClientError =>
  new ClientError('refused', code, { url: 'https://git.example.org/', status });

/** A client that answers each link of a package with the next of its answers, and notes what it is asked. */
function clientOf(answers: { [name: string]: readonly (LinkOutcome | ClientError)[] }) {
  const asked: string[] = [];
  const left = Object.fromEntries(Object.entries(answers).map(([name, list]) => [name, [...list]]));
  return {
    asked,
    link: async ({ name }: { name: string }, repository: string): Promise<LinkOutcome> => {
      asked.push(`link ${name} ${repository}`);
      const answer = left[name]?.shift() ?? { kind: 'linked', repository: `coulomb/${repository}` };
      if (answer instanceof ClientError) {
        throw answer;
      }
      return answer;
    },
    unlink: async ({ name }: { name: string }) => {
      asked.push(`unlink ${name}`);
      return 'unlinked' as const;
    },
  };
}

const step = (name: string): LinkStep => ({ link: linkOf(name), action: 'link' });
const move = (name: string, current: string): LinkStep => ({
  link: linkOf(name),
  action: 'move',
  current,
});

const outcomes = (results: readonly { outcome: string }[]): string[] =>
  results.map(({ outcome }) => outcome);

it('carries out links and moves in order, and nothing for the rest', async () => {
  const client = clientOf({ b: [{ kind: 'unchanged', repository: 'coulomb/new' }] });
  const steps: LinkStep[] = [
    step('a'),
    { link: linkOf('x'), action: 'none', current: 'coulomb/new' },
    { link: linkOf('y'), action: 'impossible', reason: '', code: 'REG913' },
    step('b'),
    move('c', 'coulomb/old'),
  ];
  expect(outcomes(await applyLinks({ steps }, client))).toEqual(['linked', 'unchanged', 'moved']);
  expect(client.asked).toEqual(['link a new', 'link b new', 'unlink c', 'link c new']);
});

it.each([
  ['a repository that is missing', refused('REG914', 404), ['failed', 'linked']],
  ['a right that is missing', refused('REG916', 403), ['failed', 'linked']],
  ['a wrong token', refused('REG312', 401), ['failed', 'not-reached']],
  ['a token without the scope', refused('REG314', 403), ['failed', 'not-reached']],
  ['a server that answers no more', refused('REG210'), ['failed', 'not-reached']],
])('after %s goes on only where that can help', async (_, error, expected) => {
  const results = await applyLinks({ steps: [step('a'), step('b')] }, clientOf({ a: [error] }));
  expect(outcomes(results)).toEqual(expected);
});

it.each([
  [undefined, 'a repository this account cannot see'],
  ['coulomb/other', "was linked to 'coulomb/other' meanwhile"],
])('says where a package is that was planned as not linked: %s', async (repository, words) => {
  const client = clientOf({ a: [{ kind: 'linked-elsewhere', repository }] });
  const [result] = await applyLinks({ steps: [step('a')] }, client);
  expect(result).toMatchObject({ outcome: 'failed', error: { code: 'REG917' } });
  expect((result as { error: ClientError }).error.message).toContain(words);
});

it('tells each result as it comes', async () => {
  const told: string[] = [];
  await applyLinks({ steps: [step('a'), step('b')] }, clientOf({}), {
    onResult: ({ link, outcome }) => told.push(`${link.name} ${outcome}`),
  });
  expect(told).toEqual(['a linked', 'b linked']);
});

it('lets a fault of ours through', async () => {
  const client = { ...clientOf({}), link: () => Promise.reject(new TypeError('fault')) };
  await expect(applyLinks({ steps: [step('a')] }, client)).rejects.toThrow('fault');
});

describe('a move whose second half is refused', () => {
  const error = refused('REG914', 404);
  const moved = (client: ReturnType<typeof clientOf>, from?: string) =>
    moveLink(client, linkOf('a'), { repository: 'new', from });

  it('puts the old link back and says so', async () => {
    const client = clientOf({ a: [error] });
    await expect(moved(client, 'coulomb/old')).rejects.toThrow(
      "refused; it is linked to 'coulomb/old' as before (REG914)",
    );
    expect(client.asked).toEqual(['unlink a', 'link a new', 'link a old']);
  });

  it.each([
    [
      'the old link is refused too',
      [error, error],
      'coulomb/old',
      "no repository now, before it was 'coulomb/old'",
    ],
    [
      'the old repository has another owner',
      [error],
      'joule/old',
      "no repository now, before it was 'joule/old'",
    ],
    [
      'the old repository is not known',
      [error],
      undefined,
      'it is linked to no repository now (REG914)',
    ],
    [
      'somebody linked it meanwhile',
      [{ kind: 'linked-elsewhere', repository: 'coulomb/other' }, error] as const,
      'coulomb/old',
      "was linked to 'coulomb/other' meanwhile",
    ],
  ])('says what is left when %s', async (_, answers, from, words) => {
    await expect(moved(clientOf({ a: answers }), from)).rejects.toThrow(words);
  });
});
