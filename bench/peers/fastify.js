// node fastify.js DATABASE PORT
import Fastify from 'fastify';
import { openFilms } from './films.js';

const films = openFilms(process.argv[2]);
const fastify = Fastify();

const month = { type: ['string', 'null'] };
const film = { type: 'object', properties: { Name: { type: 'string' }, Year: { type: 'integer' }, Month: month } };
const listed = { type: 'object', properties: { Id: { type: 'integer' }, ...film.properties } };
const problem = { type: 'object', properties: { message: { type: 'string' } } };
const save = {
  type: 'object',
  required: ['name', 'year'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 500 },
    year: { type: 'integer', minimum: 1870, maximum: 2200 },
    month,
  },
};

const get = { schema: { response: { 200: film, 404: problem } } };
fastify.get('/films/:id', get, async (request, reply) => {
  const found = films.find(request.params.id);
  return found ?? reply.code(404).send({ message: `Film ${request.params.id} doesn't exist` });
});

const list = {
  schema: {
    querystring: { type: 'object', properties: { limit: { type: 'integer', default: -1 } } },
    response: { 200: { type: 'array', items: listed } },
  },
};
fastify.get('/films', list, async (request) => films.list(request.query.limit));

const put = { schema: { body: save, response: { '2xx': film } } };
fastify.put('/films/:id', put, async (request, reply) => {
  const { isNew, film } = films.put(request.params.id, request.body);
  return reply.code(isNew ? 201 : 200).send(film);
});

await fastify.listen({ port: Number(process.argv[3]), host: '127.0.0.1' });
