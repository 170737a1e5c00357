import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { found, freePort, Running } from '../../e2e/servers/program';
import { trusted } from './certificates';
import type { Listener } from './listener';
import { HOST } from './world';

/**
 * A real nginx with the public name's certificate.
 *
 * @param locations `location` blocks of its server
 */
export async function startNginx(locations: string): Promise<Listener> {
  const folder = mkdtempSync(join(tmpdir(), 'gitea-registry-nginx-'));
  const tls = trusted({ names: [HOST] });
  const [port, ready] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'cert.pem'), tls.cert);
  writeFileSync(join(folder, 'key.pem'), tls.key);
  writeFileSync(join(folder, 'nginx.conf'), configuration(port, ready, locations));
  const running = await Running.start(
    found('nginx')!,
    ['-p', `${folder}/`, '-c', 'nginx.conf', '-e', 'error.log'],
    `http://127.0.0.1:${ready}/`,
  );
  return {
    port,
    close: async () => {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One process in the foreground, whose files all lie in its folder. */
function configuration(port: number, ready: number, locations: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
pid nginx.pid;
events { worker_connections 64; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${name};`).join('\n  ')}
  proxy_http_version 1.1;
  server { listen 127.0.0.1:${ready}; return 204; }
  server {
    listen 127.0.0.1:${port} ssl;
    server_name ${HOST};
    ssl_certificate cert.pem;
    ssl_certificate_key key.pem;
    ${locations}
  }
}
`;
}
