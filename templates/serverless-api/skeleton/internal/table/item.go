package table

import (
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"service/internal/entries"
)

func toItem(entry entries.Entry) item {
	return item{
		Collection: collection,
		Key:        entry.Key,
		Text:       entry.Text,
		CreatedAt:  entry.CreatedAt.UTC().Format(time.RFC3339Nano),
		CreatedBy:  entry.CreatedBy,
	}
}

func fromItem(found map[string]types.AttributeValue) (entries.Entry, error) {
	var read item
	if err := attributevalue.UnmarshalMap(found, &read); err != nil {
		return entries.Entry{}, fmt.Errorf("an entry in the table: %w", err)
	}
	created, err := time.Parse(time.RFC3339Nano, read.CreatedAt)
	if err != nil {
		return entries.Entry{}, fmt.Errorf("the entry %s in the table: %w", read.Key, err)
	}
	return entries.Entry{Key: read.Key, Text: read.Text, CreatedAt: created, CreatedBy: read.CreatedBy}, nil
}
