import { BROKEN_CLUSTERS } from './table';
import { HEALTHY_CLUSTERS } from './table/healthy';

describe('the table of clusters', () => {
  it('has at least 25 broken and five healthy ones', () => {
    expect(BROKEN_CLUSTERS.length).toBeGreaterThanOrEqual(25);
    expect(HEALTHY_CLUSTERS.length).toBeGreaterThanOrEqual(5);
  });

  it('names each once', () => {
    const names = [...BROKEN_CLUSTERS, ...HEALTHY_CLUSTERS].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(BROKEN_CLUSTERS.map(({ name, code, find }) => ({ name, code, find })))(
    '$name: a change of the fixture that is there',
    ({ code, find }) => {
      expect(find().objects.length).toBeGreaterThan(0);
      expect(code).toMatch(/^REG\d{3}$/);
    },
  );
});
