import { bringJars } from './jars.ts';

/** Of Apache Kafka, as Maven Central has it. */
export const kafkaVersion = '4.3.1';

/**
 * Brings Apache Kafka: the broker and its own tools.
 *
 * @returns the folder with its jars, the class path
 * @throws LaunchFailure that says how to get what it is brought with
 */
export const bringKafka = (): Promise<string> =>
  bringJars('kafka', kafkaVersion, [
    {
      group: 'org.apache.kafka',
      artifact: 'kafka_2.13',
      version: kafkaVersion,
    },
    {
      group: 'org.apache.kafka',
      artifact: 'kafka-tools',
      version: kafkaVersion,
    },
    { group: 'org.slf4j', artifact: 'slf4j-simple', version: '1.7.36' },
  ]);
