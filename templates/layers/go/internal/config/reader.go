package config

import (
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Problems is every setting that is wrong.
type Problems []string

func (p Problems) Error() string {
	return fmt.Sprintf("the configuration has %d problem(s): %s", len(p), strings.Join(p, "; "))
}

// reader takes an empty variable for an absent one, as many tools write it.
type reader struct {
	lookup   func(string) string
	problems Problems
}

func (r *reader) complain(name, format string, args ...any) {
	r.problems = append(r.problems, name+": "+fmt.Sprintf(format, args...))
}

func (r *reader) text(name, fallback string) string {
	if value := r.lookup(name); value != "" {
		return value
	}
	return fallback
}

func (r *reader) number(name string, fallback, least, most int) int {
	text := r.lookup(name)
	if text == "" {
		return fallback
	}
	value, err := strconv.Atoi(text)
	if err != nil {
		r.complain(name, "must be a whole number")
		return fallback
	}
	if value < least || value > most {
		r.complain(name, "must be between %d and %d", least, most)
	}
	return value
}

func (r *reader) oneOf(name, fallback string, allowed ...string) string {
	value := r.text(name, fallback)
	if !slices.Contains(allowed, value) {
		r.complain(name, "must be one of %s", strings.Join(allowed, ", "))
	}
	return value
}

func (r *reader) level(name, fallback string) slog.Level {
	var level slog.Level
	value := r.oneOf(name, fallback, "debug", "info", "warn", "error")
	// What is not a level has been complained about, and stays info.
	_ = level.UnmarshalText([]byte(value))
	return level
}

func (r *reader) url(name string) string {
	value := r.lookup(name)
	if value == "" {
		return ""
	}
	parsed, err := url.Parse(value)
	if err != nil || parsed.Host == "" || (parsed.Scheme != "http" && parsed.Scheme != "https") {
		r.complain(name, "must be an http or https URL")
	}
	return value
}

func (r *reader) file(name string) string {
	path := r.lookup(name)
	if path == "" {
		return ""
	}
	if found, err := os.Stat(path); err != nil || !found.Mode().IsRegular() {
		r.complain(name, "must name a file that is there")
	}
	return path
}
