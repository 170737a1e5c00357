import type { RegistryDeclaration } from '../declaration/model';
import { helmfileTexts } from './helmfile';
import { kustomizationText } from './kustomization';
import type { SideText } from './side-text';

/** Files the delivery needs beside the values overlay; none where a tool of the cluster takes it. */
export function deliveryTexts(declaration: RegistryDeclaration): SideText[] {
  const { delivery } = declaration;
  switch (delivery?.mode) {
    case 'helmfile':
      return helmfileTexts(declaration, delivery);
    case 'kustomize':
      return [kustomizationText(declaration, delivery)];
    default:
      return [];
  }
}
