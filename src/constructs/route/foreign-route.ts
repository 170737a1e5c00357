import type { RouteKind } from './route-kind';

/** `/v2` is served by a route somebody else makes, such as the Ingress of the chart. */
export interface ForeignRouteProps {
  /** What serves it, in one line: `the Ingress of the chart`. */
  readonly servedBy: string;

  /**
   * Whether it also leads the token endpoint below `uiPath` to the release, with that path taken off. Forgejo, and Gitea
   * before 1.22.1, send clients there.
   * @default false
   */
  readonly servesRealm?: boolean;
}

/** A route that is declared and not rendered. */
export class ForeignRoute implements RouteKind {
  public constructor(private readonly props: ForeignRouteProps) {}

  public declared(): object {
    const { servedBy, servesRealm = false } = this.props;
    return { kind: 'none', servedBy, servesRealm };
  }

  public render(): void {
    // Nothing of it is ours.
  }
}
