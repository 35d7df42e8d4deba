// An outside issuer: oidc-provider, with a key of each algorithm. A line on the standard input replaces the keys.
// With the address of a service, it also lets people log in there: everyone who presses a button is ann.
// usage: node issuer.mjs <port> [service]
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

const port = Number(process.argv[2]);
const service = process.argv[3];
// People's browsers must see another site.
const issuer = `http://${service ? 'localhost' : '127.0.0.1'}:${port}`;
let generation = 0;
let handler;
let requests = 0;

// Every claim is in the ID token, and nobody is asked for consent.
const people = {
  claims: { profile: ['preferred_username', 'roles'] },
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id, roles: ['film-editors'] }) }),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
};

async function interact(provider, request, response) {
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<title>Issuer</title><form method="post" action="${request.url}"><button>Log in</button></form><form method="post" action="${request.url}?cancel"><button>Cancel</button></form>`);
    return;
  }

  const result = request.url.endsWith('cancel') ? { error: 'access_denied' } : { login: { accountId: 'ann' } };
  await provider.interactionFinished(request, response, result);
}

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
      ...(service ? [{
        client_id: 'films', client_secret: 'films-secret', redirect_uris: [`${service}/session/oidc/callback`],
        response_types: ['code'], grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_post',
      }] : []),
    ],
    ...(service ? people : {}),
    scopes: ['openid', 'films:read', 'films:write'],
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

    if (request.url.startsWith('/interaction/')) {
      interact(provider, request, response);
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
