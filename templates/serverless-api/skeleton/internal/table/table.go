// Package table keeps entries in DynamoDB.
package table

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/logging"

	"service/internal/entries"
)

// All entries are one collection, in the order of their keys. A collection takes
// 1000 writes a second: split it by what callers ask for before there are more.
const collection = "entries"

// Table is a Store.
type Table struct {
	client *dynamodb.Client
	name   string
}

// item is how an entry lies in the table.
type item struct {
	Collection string `dynamodbav:"collection"`
	Key        string `dynamodbav:"key"`
	Text       string `dynamodbav:"text"`
	CreatedAt  string `dynamodbav:"createdAt"`
	CreatedBy  string `dynamodbav:"createdBy"`
}

// Open finds the table; credentials and region come from the function's environment.
func Open(ctx context.Context, name string) (*Table, error) {
	settings, err := config.LoadDefaultConfig(ctx, config.WithLogger(logging.LoggerFunc(report)))
	if err != nil {
		return nil, fmt.Errorf("reading the settings of AWS: %w", err)
	}
	return &Table{client: dynamodb.NewFromConfig(settings), name: name}, nil
}

// report puts what the SDK says among the other logs.
func report(class logging.Classification, format string, values ...any) {
	level := slog.LevelDebug
	if class == logging.Warn {
		level = slog.LevelWarn
	}
	slog.Log(context.Background(), level, fmt.Sprintf(format, values...))
}

func keyOf(key string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{
		"collection": &types.AttributeValueMemberS{Value: collection},
		"key":        &types.AttributeValueMemberS{Value: key},
	}
}

// Add implements entries.Store.
func (t *Table) Add(ctx context.Context, entry entries.Entry) error {
	written, err := attributevalue.MarshalMap(toItem(entry))
	if err != nil {
		return fmt.Errorf("writing an entry: %w", err)
	}
	_, err = t.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName:           &t.name,
		Item:                written,
		ConditionExpression: aws.String("attribute_not_exists(#key)"),
		// Words such as "key" and "collection" are DynamoDB's own.
		ExpressionAttributeNames: map[string]string{"#key": "key"},
	})
	return unless(err, entries.ErrExists)
}

// Get implements entries.Store.
func (t *Table) Get(ctx context.Context, key string) (entries.Entry, error) {
	found, err := t.client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName:      &t.name,
		Key:            keyOf(key),
		ConsistentRead: aws.Bool(true),
	})
	if err != nil {
		return entries.Entry{}, fmt.Errorf("reading an entry: %w", err)
	}
	if found.Item == nil {
		return entries.Entry{}, entries.ErrNotFound
	}
	return fromItem(found.Item)
}

// List implements entries.Store.
func (t *Table) List(ctx context.Context, after string, limit int) ([]entries.Entry, error) {
	condition, names := "#collection = :collection", map[string]string{"#collection": "collection"}
	values := map[string]types.AttributeValue{
		":collection": &types.AttributeValueMemberS{Value: collection},
	}
	if after != "" {
		condition += " and #key > :after"
		names["#key"] = "key"
		values[":after"] = &types.AttributeValueMemberS{Value: after}
	}
	pages := dynamodb.NewQueryPaginator(t.client, &dynamodb.QueryInput{
		TableName:                 &t.name,
		KeyConditionExpression:    &condition,
		ExpressionAttributeNames:  names,
		ExpressionAttributeValues: values,
		Limit:                     aws.Int32(int32(limit)),
	})
	list := []entries.Entry{}
	for pages.HasMorePages() && len(list) < limit {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("listing entries: %w", err)
		}
		for _, found := range page.Items {
			entry, err := fromItem(found)
			if err != nil {
				return nil, err
			}
			list = append(list, entry)
		}
	}
	return list[:min(limit, len(list))], nil
}

// Remove implements entries.Store.
func (t *Table) Remove(ctx context.Context, key string) error {
	_, err := t.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
		TableName:                &t.name,
		Key:                      keyOf(key),
		ConditionExpression:      aws.String("attribute_exists(#key)"),
		ExpressionAttributeNames: map[string]string{"#key": "key"},
	})
	return unless(err, entries.ErrNotFound)
}

// unless says what a condition that did not hold means.
func unless(err, meaning error) error {
	var refused *types.ConditionalCheckFailedException
	if errors.As(err, &refused) {
		return meaning
	}
	return err
}
