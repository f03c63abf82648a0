import assert from 'node:assert/strict';

/** A service of AWS, as its clients name it when they ask. */
export type AwsService = {
  /** The name that requests are signed for. */
  name: string;
  /** What its actions belong to. */
  target: string;
  /** The version of JSON that it speaks. */
  json: '1.0' | '1.1';
};

/** Who asks, and where: a client of AWS wants to know, and nothing here looks at it. */
export const anybody = {
  AWS_ACCESS_KEY_ID: 'tests',
  AWS_SECRET_ACCESS_KEY: 'tests',
  AWS_REGION: 'eu-central-1',
};

/** Has something that stands in for a service of AWS do something. It looks at no signature. */
export async function askAws(
  url: string,
  { name, target, json }: AwsService,
  action: string,
  input: object,
): Promise<Record<string, unknown>> {
  const { AWS_ACCESS_KEY_ID: key, AWS_REGION: region } = anybody;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': `application/x-amz-json-${json}`,
      'x-amz-target': `${target}.${action}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/${name}/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  const answer = await response.text();
  assert.equal(response.status, 200, `${action}: ${answer}`);
  return JSON.parse(answer);
}
