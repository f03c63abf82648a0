import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import type { Contract } from './contract';
import { createContractRouter } from './createContractRouter';

const answers = { '200': { description: 'A word.' } };
const contract: Contract = {
  openapi: '3.1.0',
  info: { title: 'Books', version: '1.0.0' },
  servers: [{ url: '/api/books' }],
  paths: {
    '/shelves/{id}': {
      get: {
        operationId: 'getShelf',
        parameters: [
          {
            name: 'id',
            in: 'path',
            ...{
              required: true,
              schema: { type: 'string', pattern: '^\\d+$' },
            },
          },
        ],
        responses: answers,
      },
    },
    '/shelves/order': {
      post: { operationId: 'orderShelves', responses: answers },
    },
  },
};

type Endpoints = {
  '#get|/shelves/{id}': { path: { id: string }; response: string };
  '#post|/shelves/order': { response: string };
};

function portal() {
  const router = createContractRouter<Endpoints>(contract);
  router.get('/shelves/:id', (req, res) => {
    res.send(`shelf ${req.params.id}`);
  });
  router.post('/shelves/order', (_req, res) => {
    res.send('ordered');
  });
  const refuse: ErrorRequestHandler = (error, _req, res, _next) => {
    res
      .status(error.name === 'InputError' ? 400 : 500)
      .json({ error: { message: error.message } });
  };
  return request(express().use(router).use(refuse));
}

describe('createContractRouter', () => {
  it('lets through what the document allows', async () => {
    await portal().get('/shelves/7').expect(200, 'shelf 7');
    await portal().head('/shelves/7').expect(200);
    await portal().post('/shelves/order').expect(200, 'ordered');
  });

  it('refuses what the document does not allow', async () => {
    const { body } = await portal().get('/shelves/seven').expect(400);
    expect(body.error.message).toMatch(/pattern/);
  });

  it('never takes a spelled-out path for a parameter', async () => {
    const { body } = await portal().get('/shelves/order').expect(400);
    expect(body.error.message).toBe('/shelves/order takes POST, not GET');
    await portal().head('/shelves/order').expect(400);
  });

  it('serves the document', async () => {
    const { body } = await portal().get('/openapi.json').expect(200);
    expect(body).toEqual(contract);
  });
});
