import { Yaml } from 'cdk8s';
import { GiteaRegistry } from 'cdk8s-gitea-registry';
import { deliveryTexts } from '../../src/delivery/delivery-texts';
import type { DeliveryShape, FlavorName } from '../support/deliveries';
import { DELIVERY_SHAPES, FLAVORS } from '../support/deliveries';
import type { Manifest } from '../support/registries';
import { emptyChart, manifests } from '../support/registries';
import type { RouteShape } from './routes';
import { ROUTE_SHAPES } from './routes';

/** One registry of the matrix: a product, a delivery and a route. */
export interface Cell {
  /** `<flavor>-<delivery>-<route>`, the name of its golden file. */
  readonly name: string;
  readonly flavor: FlavorName;
  readonly delivery: DeliveryShape;
  readonly route: RouteShape;
}

/** A cell, declared and rendered. */
export interface BuiltCell {
  readonly registry: GiteaRegistry;
  readonly objects: readonly Manifest[];
  /** Files the tool of the delivery reads beside the overlay. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Every product with every delivery and every route; where k3s gets its chart from is left to `DELIVERIES`. */
export const CELLS: readonly Cell[] = (Object.keys(FLAVORS) as FlavorName[]).flatMap((flavor) =>
  DELIVERY_SHAPES.filter(({ name }) => name !== 'k3s-helm-chart-repository').flatMap((delivery) =>
    ROUTE_SHAPES.map((route) => ({
      name: `${flavor}-${delivery.name}-${route.name}`,
      flavor,
      delivery,
      route,
    })),
  ),
);

/** Declares and renders a cell in a chart of its own. */
export function built(
  { flavor, delivery, route }: Cell,
  chartId = 'chart',
  id = 'Registry',
): BuiltCell {
  const { host, release } = FLAVORS[flavor];
  const chart = emptyChart(chartId);
  const registry = new GiteaRegistry(chart, id, {
    host,
    release: release([...(delivery.valuesFiles ?? [])]),
    delivery: delivery.delivery(flavor),
    publishDeclaration: false,
  });
  registry.exposeV2(route.route(flavor));
  return { registry, objects: manifests(chart), files: deliveryTexts(registry._toDeclaration()) };
}

/** What people review: the objects, then the files of the delivery, or the overlay where nothing else is rendered. */
export function reviewed({ registry, objects, files }: BuiltCell): string {
  const texts = files.map(({ path, text }) => `# ${path}\n${text}`);
  const documents = [...objects.map((object) => Yaml.stringify(object)), ...texts];
  return documents.length > 0 ? documents.join('---\n') : registry.values;
}
