import { bringJars } from './jars.ts';

/** Of DynamoDB Local, as Maven Central has it. */
export const dynamoDbVersion = '2.6.1';

/**
 * Brings DynamoDB Local, which AWS gives out for tests.
 *
 * @returns the folder with its jars, the class path
 * @throws LaunchFailure that says how to get what it is brought with
 */
export const bringDynamoDb = (): Promise<string> =>
  bringJars('dynamodb', dynamoDbVersion, [
    {
      group: 'com.amazonaws',
      artifact: 'DynamoDBLocal',
      version: dynamoDbVersion,
    },
  ]);
