package table_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"service/internal/entries"
	"service/internal/table"
)

const name = "entries-of-tests"

// stores are held against the same promises. DynamoDB takes part where
// AWS_ENDPOINT_URL_DYNAMODB names one for tests, such as DynamoDB Local.
func stores(t *testing.T) map[string]entries.Store {
	t.Helper()
	found := map[string]entries.Store{"memory": entries.NewMemory()}
	if os.Getenv("AWS_ENDPOINT_URL_DYNAMODB") == "" {
		return found
	}
	settings, err := config.LoadDefaultConfig(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	client := dynamodb.NewFromConfig(settings)
	_, err = client.CreateTable(t.Context(), &dynamodb.CreateTableInput{
		TableName:   aws.String(name),
		BillingMode: types.BillingModePayPerRequest,
		AttributeDefinitions: []types.AttributeDefinition{
			{AttributeName: aws.String("collection"), AttributeType: types.ScalarAttributeTypeS},
			{AttributeName: aws.String("key"), AttributeType: types.ScalarAttributeTypeS},
		},
		KeySchema: []types.KeySchemaElement{
			{AttributeName: aws.String("collection"), KeyType: types.KeyTypeHash},
			{AttributeName: aws.String("key"), KeyType: types.KeyTypeRange},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = client.DeleteTable(context.Background(), &dynamodb.DeleteTableInput{TableName: aws.String(name)})
	})
	kept, err := table.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	found["dynamodb"] = kept
	return found
}

func TestKeepsEntries(t *testing.T) {
	for name, store := range stores(t) {
		t.Run(name, func(t *testing.T) {
			created := time.Date(2026, 1, 2, 3, 4, 5, 678_000_000, time.UTC)
			for _, key := range []string{"b", "a", "c"} {
				entry := entries.Entry{Key: key, Text: "text of " + key, CreatedAt: created, CreatedBy: "amara"}
				if err := store.Add(t.Context(), entry); err != nil {
					t.Fatal(err)
				}
				if err := store.Add(t.Context(), entry); !errors.Is(err, entries.ErrExists) {
					t.Errorf("added twice: %v", err)
				}
				if found, err := store.Get(t.Context(), key); err != nil || found != entry {
					t.Errorf("got %+v, %v", found, err)
				}
			}
			for after, want := range map[string]string{"": "ab", "a": "bc", "b": "c", "c": ""} {
				list, err := store.List(t.Context(), after, 2)
				if err != nil {
					t.Fatal(err)
				}
				keys := ""
				for _, entry := range list {
					keys += entry.Key
				}
				if keys != want {
					t.Errorf("after %q: %s, want %s", after, keys, want)
				}
			}
			if err := store.Remove(t.Context(), "b"); err != nil {
				t.Fatal(err)
			}
			if err := store.Remove(t.Context(), "b"); !errors.Is(err, entries.ErrNotFound) {
				t.Errorf("removed twice: %v", err)
			}
			if _, err := store.Get(t.Context(), "b"); !errors.Is(err, entries.ErrNotFound) {
				t.Errorf("still there: %v", err)
			}
		})
	}
}
