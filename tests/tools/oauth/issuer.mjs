// An outside issuer: oidc-provider, with a key of each algorithm. A line on the standard input replaces the keys.
// usage: node issuer.mjs <port>
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

const port = Number(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
let generation = 0;
let handler;
let requests = 0;

async function start() {
  generation += 1;
  const keys = [];
  for (const alg of ['RS256', 'ES256']) {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    keys.push({ ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `${alg}-${generation}` });
  }

  const provider = new Provider(issuer, {
    jwks: { keys },
    clients: [
      {
        client_id: 'robot', client_secret: 'robot-secret', grant_types: ['client_credentials'], redirect_uris: [], response_types: [],
        token_endpoint_auth_method: 'client_secret_basic', scope: 'films:read films:write',
      },
    ],
    scopes: ['films:read', 'films:write'],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({
          scope: 'films:read films:write',
          audience: resource.includes(':other') ? 'something-else' : 'films-api',
          accessTokenTTL: 300,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: resource.endsWith(':es') ? 'ES256' : 'RS256' } },
        }),
      },
    },
  });
  const next = provider.callback();
  handler = (request, response) => {
    if (request.url.startsWith('/requests')) {
      response.end(String(requests));
      return;
    }

    requests += request.url.startsWith('/jwks') ? 1 : 0;
    next(request, response);
  };
}

await start();
createServer((request, response) => handler(request, response)).listen(port, '127.0.0.1', () => console.log('ready'));
createInterface({ input: process.stdin }).on('line', async () => {
  await start();
  console.log('rotated');
}).on('close', () => process.exit(0));
