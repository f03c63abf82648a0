// Package contract holds the schemas of the events that the service reads.
package contract

import (
	"embed"
	"fmt"
	"io/fs"
	"path"

	"github.com/twmb/avro"
)

//go:embed */*.avsc
var files embed.FS

// NoteChanged is the type of the example's events, and the folder of its schemas.
const NoteChanged = "note-changed"

// Version is one version of a schema.
type Version struct {
	Number int
	// Text as it stands in the registry.
	Text   string
	Schema *avro.Schema
}

// Versions of a schema, the oldest first. The last one is what handlers see.
func Versions(name string) ([]Version, error) {
	found, err := fs.Glob(files, path.Join(name, "*.avsc"))
	if err != nil {
		return nil, fmt.Errorf("finding the schemas of %s: %w", name, err)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("there is no schema of %s", name)
	}
	versions := make([]Version, len(found))
	for index := range found {
		number := index + 1
		text, err := files.ReadFile(path.Join(name, fmt.Sprintf("%d.avsc", number)))
		if err != nil {
			return nil, fmt.Errorf("versions count from 1 without gaps: %w", err)
		}
		schema, err := avro.Parse(string(text))
		if err != nil {
			return nil, fmt.Errorf("version %d of %s: %w", number, name, err)
		}
		versions[index] = Version{Number: number, Text: string(text), Schema: schema}
	}
	return versions, nil
}

// Newest version of a schema.
func Newest(name string) (Version, error) {
	versions, err := Versions(name)
	if err != nil {
		return Version{}, err
	}
	return versions[len(versions)-1], nil
}
