import { handoffPage } from '../../../src/delivery/handoff/page';
import { expectGoldenText } from '../../support/golden-text';
import { emptyChart, REGISTRIES, registryCase } from '../../support/registries';

const headings = (page: string): string[] =>
  page.split('\n').filter((line) => line.startsWith('## '));

it('is what people reviewed, for a full and for a minimal declaration', () => {
  for (const name of ['full', 'minimal']) {
    expectGoldenText(registryCase(name).registry.handoff, `${name}-container-registry.md`);
  }
});

it('has a section for everything a downstream team asks', () => {
  expect(headings(registryCase('full').registry.handoff)).toEqual([
    '## Registry',
    '## Naming',
    '## Verified images',
    '## Visibility',
    '## Package links',
    '## Log in, push, pull',
    '## Pull secrets',
    '## Limits',
    '## Storage and backup',
    '## To decide by the platform team',
    '## Rollback',
    '## References',
  ]);
});

it('has no section for verified images, links and references where there are none', () => {
  const titles = headings(registryCase('minimal').registry.handoff);
  expect(titles).not.toContain('## Verified images');
  expect(titles).not.toContain('## Package links');
  expect(titles).not.toContain('## References');
  expect(titles).toHaveLength(9);
});

it('is a function of the declaration alone', () => {
  const { registry } = registryCase('full');
  expect(handoffPage(JSON.parse(registry.declaration))).toBe(registry.handoff);
});

it('has no token in an argument of a command, for every registry', () => {
  for (const { build } of REGISTRIES) {
    const { handoff } = build(emptyChart(), (id) => id);
    expect(handoff).not.toMatch(
      /--from-literal|--docker-password|--password[ =]|docker login .* -p/,
    );
    expect(handoff).toMatch(/--password-stdin < token\.txt/);
  }
});

it('closes every block and every inline code', () => {
  for (const { build } of REGISTRIES) {
    const blocks = build(emptyChart(), (id) => id).handoff.split('```');
    expect(blocks.length % 2).toBe(1);
    const prose = blocks.filter((_block, index) => index % 2 === 0).join('');
    expect(prose.split('`').length % 2).toBe(1);
  }
});

it('has tables whose rows all have as many cells as the head', () => {
  for (const { build } of REGISTRIES) {
    const { handoff } = build(emptyChart(), (id) => id);
    for (const rows of handoff.match(/(^\|.*\n)+/gm) ?? []) {
      const widths = rows
        .trimEnd()
        .split('\n')
        .map((row) => row.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
  }
});
