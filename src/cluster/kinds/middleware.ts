import { maskValues } from '../mask/values';
import { isMap } from '../object';
import { headerValue } from './header';
import { entries, presence } from './keep';
import { keepObject } from './metadata';

/**
 * A middleware of Traefik: all of it decides about a route, and some of it holds secrets: headers with credentials, and
 * the options of plugins, of which only the names stay.
 */
export const keepMiddleware = keepObject((object) => {
  const spec = isMap(object) && isMap(object.spec) ? object.spec : {};
  return { spec: entries((options, name) => middleware(options, name))(spec) };
}, 'all');

function middleware(options: unknown, name: string): unknown {
  switch (name) {
    case 'plugin':
      return entries(presence)(options);
    case 'headers':
      return isMap(options) ? entries(headerOption)(options) : undefined;
    case 'basicAuth':
    case 'digestAuth':
      // `secret` names a Secret here.
      return isMap(options) ? { ...(maskValues(options) as object), secret: options.secret } : {};
    default:
      return maskValues(options);
  }
}

function headerOption(value: unknown, option: string): unknown {
  return /^custom(Request|Response)Headers$/.test(option)
    ? entries((text, header) => headerValue(header, text))(value)
    : maskValues(value);
}
