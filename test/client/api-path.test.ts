import { GenericClient } from '../../src/client/generic/generic-client';
import { PackagesClient } from '../../src/client/packages/packages-client';
import { LocalServers } from './http/local-servers';

const servers = new LocalServers();

/** A server that has the API below `/git`, as a proxy that strips the path shows it. */
async function below(apiPath?: string) {
  const asked: string[] = [];
  const server = await servers.http((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ version: '1.25.4' }));
  });
  const target = {
    origin: server.url(),
    transport: servers.transport(),
    ...(apiPath !== undefined && { apiPath }),
  };
  return { target, asked };
}

describe('an API below a path', () => {
  it('is asked there', async () => {
    const { target, asked } = await below('/git');
    await new PackagesClient(target).server();
    expect(asked).toEqual(['/git/api/v1/version']);
  });

  it('holds the generic files as well', async () => {
    const { target, asked } = await below('/git');
    const reference = { owner: 'acme', type: 'generic', name: 'tool', version: '1.0.0' };
    await new GenericClient(target).head(reference as never, 'x');
    expect(asked).toEqual(['/git/api/packages/acme/generic/tool/1.0.0/x']);
  });

  it('is at the root where none is said', async () => {
    const { target, asked } = await below();
    await new PackagesClient(target).server();
    expect(asked).toEqual(['/api/v1/version']);
  });
});
