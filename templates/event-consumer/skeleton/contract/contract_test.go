package contract_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/twmb/avro"

	"service/contract"
	"service/internal/notes"
)

// names of all contracts; a folder that is not among them is not checked.
var names = []string{contract.NoteChanged}

func TestEveryFolderIsChecked(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	folders := 0
	for _, entry := range entries {
		if entry.IsDir() && entry.Name() != "examples" {
			folders++
		}
	}
	if folders != len(names) {
		t.Errorf("%d folders of schemas, but %d are checked", folders, len(names))
	}
}

// Events stay in a topic for days, so whoever reads the newest version must be
// able to read all before. And producers are upgraded when they like, so a reader
// of the version before must be able to read the newest one.
func TestEveryVersionIsCompatible(t *testing.T) {
	for _, name := range names {
		versions, err := contract.Versions(name)
		if err != nil {
			t.Fatal(err)
		}
		for index, newer := range versions {
			for _, older := range versions[:index] {
				if err := avro.CheckCompatibility(older.Schema, newer.Schema); err != nil {
					t.Errorf("%s: version %d cannot read version %d: %v", name, newer.Number, older.Number, err)
				}
				if err := avro.CheckCompatibility(newer.Schema, older.Schema); err != nil {
					t.Errorf("%s: version %d cannot read version %d: %v", name, older.Number, newer.Number, err)
				}
			}
		}
	}
}

func TestAnIncompatibleChangeIsNoticed(t *testing.T) {
	newest, err := contract.Newest(contract.NoteChanged)
	if err != nil {
		t.Fatal(err)
	}
	required := avro.MustParse(`{
		"type": "record", "name": "NoteChanged", "namespace": "com.example.notes",
		"fields": [{"name": "language", "type": "string"}]
	}`)
	if avro.CheckCompatibility(newest.Schema, required) == nil {
		t.Error("a field without a default passes for compatible")
	}
}

// What was written with each version becomes the type that handlers get.
func TestEveryVersionIsRead(t *testing.T) {
	versions, err := contract.Versions(contract.NoteChanged)
	if err != nil {
		t.Fatal(err)
	}
	newest := versions[len(versions)-1].Schema
	for _, written := range versions {
		text, err := os.ReadFile(fmt.Sprintf("examples/note-changed.%d.json", written.Number))
		if err != nil {
			t.Fatal(err)
		}
		var example map[string]any
		if err := json.Unmarshal(text, &example); err != nil {
			t.Fatal(err)
		}
		value, err := written.Schema.Encode(example)
		if err != nil {
			t.Fatalf("the example of version %d: %v", written.Number, err)
		}
		reader, err := avro.Resolve(written.Schema, newest)
		if err != nil {
			t.Fatal(err)
		}
		var change notes.Changed
		rest, err := reader.Decode(value, &change)
		if err != nil || len(rest) > 0 {
			t.Fatalf("version %d: %v, %d bytes left", written.Number, err, len(rest))
		}
		author, _ := example["author"].(string)
		want := notes.Changed{Key: "opening-hours", Revision: 1, Text: "9 to 5", Author: author}
		if change != want {
			t.Errorf("version %d became %+v, want %+v", written.Number, change, want)
		}
	}
}
