import { maskValues } from '../mask/values';
import { isMap } from '../object';
import { headerValue } from './header';
import type { Keep } from './keep';
import { each, only, whole } from './keep';
import { keepObject } from './metadata';

const header: Keep = (value) =>
  isMap(value) && typeof value.name === 'string'
    ? { name: value.name, value: headerValue(value.name, value.value) }
    : undefined;

const headers = only('remove', { set: each(header), add: each(header) });

const filters = each(
  only('type extensionRef requestRedirect urlRewrite requestMirror', {
    requestHeaderModifier: headers,
    responseHeaderModifier: headers,
  }),
);

const backend = only('group kind name namespace port weight', { filters });

/** A route of the Gateway API. Headers it sets or matches may be credentials. */
export const keepHttpRoute = keepObject(
  only('', {
    spec: only('parentRefs hostnames', {
      rules: each(
        only('name timeouts', {
          matches: each(only('path method', { headers: each(header), queryParams: maskValues })),
          filters,
          backendRefs: each(backend),
        }),
      ),
    }),
    status: whole,
  }),
  'all',
);
