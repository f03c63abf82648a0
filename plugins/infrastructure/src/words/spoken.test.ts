import { spoken } from './spoken';

it.each([
  ['storageGb', 'Storage GB'],
  ['request.created', 'Request created'],
  ['request-id', 'Request ID'],
  ['peerVpcId', 'Peer VPC ID'],
])('%s is %s', (name, text) => {
  expect(spoken(name)).toBe(text);
});
